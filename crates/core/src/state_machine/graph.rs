//! The graph of a state machine, where it stands in it, and what is to be told.

use super::{MachineFault, StateMachine, Transition};
use crate::Result;
use petgraph::Directed;
use petgraph::graph::{EdgeIndex, Graph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::VecDeque;

/// Whether a transition depends on a function of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    None,
    Number(u64),
    /// There was one before the machine was stored, and it has not been given again.
    Missing,
}

#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) event: String,
    pub(super) guard: Guard,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) graph: Graph<String, Edge, Directed>,
    pub(super) initial: NodeIndex,
    pub(super) current: NodeIndex,
    pub(super) history: VecDeque<Transition>,
    pub(super) listeners: Vec<u64>,
    /// What listeners have not heard yet.
    pub(super) news: VecDeque<(u64, Transition)>,
    /// The last number that was given to a function of the host.
    pub(super) number: u64,
    pub(super) is_asking: bool,
    pub(super) is_telling: bool,
}

impl Inner {
    pub(super) fn new(initial: String) -> Result<Self> {
        let mut graph = Graph::new();
        let state = graph.add_node(named("initial", initial)?);
        Ok(Self {
            graph,
            initial: state,
            current: state,
            history: VecDeque::new(),
            listeners: Vec::new(),
            news: VecDeque::new(),
            number: 0,
            is_asking: false,
            is_telling: false,
        })
    }

    pub(super) fn add_state(&mut self, name: String) -> Result<()> {
        let name = named("state", name)?;
        if self.index(&name).is_ok() {
            return Err(MachineFault::StateExists { name }.into());
        }
        self.graph.add_node(name);
        Ok(())
    }

    pub(super) fn add_transition(&mut self, transition: Transition, guard: Guard) -> Result<()> {
        let [source, target] = [
            self.index(&transition.source)?,
            self.index(&transition.target)?,
        ];
        let event = named("event", transition.event.clone())?;
        for (other, guard) in self.transitions() {
            if other == transition {
                let Transition {
                    source: from,
                    event,
                    target: to,
                } = transition;
                return Err(MachineFault::TransitionExists { from, event, to }.into());
            }
            let is_before = other.source == transition.source && other.event == event;
            if is_before && guard == Guard::None {
                let Transition {
                    source: from,
                    event,
                    target: to,
                } = other;
                return Err(MachineFault::Unreachable { from, event, to }.into());
            }
        }
        self.graph.add_edge(source, target, Edge { event, guard });
        Ok(())
    }

    pub(super) fn index(&self, name: &str) -> Result<NodeIndex> {
        self.graph
            .node_indices()
            .find(|index| self.graph[*index] == name)
            .ok_or_else(|| {
                MachineFault::UnknownState {
                    name: name.to_owned(),
                }
                .into()
            })
    }

    pub(super) fn find(&self, transition: &Transition) -> Option<EdgeIndex> {
        let place = self
            .transitions()
            .position(|(other, _)| other == *transition)?;
        self.graph.edge_indices().nth(place)
    }

    pub(super) fn transitions(&self) -> impl Iterator<Item = (Transition, Guard)> {
        self.graph.edge_references().map(|edge| {
            let transition = Transition {
                source: self.graph[edge.source()].clone(),
                event: edge.weight().event.clone(),
                target: self.graph[edge.target()].clone(),
            };
            (transition, edge.weight().guard)
        })
    }

    /// Where an event may lead from here.
    pub(super) fn candidates(&self, event: &str) -> Result<Vec<(Transition, Guard)>> {
        if !self.graph.edge_weights().any(|edge| edge.event == event) {
            return Err(MachineFault::UnknownEvent {
                name: event.to_owned(),
            }
            .into());
        }
        let state = &self.graph[self.current];
        let is_from_here =
            |transition: &Transition| transition.event == event && transition.source == *state;
        Ok(self
            .transitions()
            .filter(|(transition, _)| is_from_here(transition))
            .collect())
    }

    /// Why an event leads nowhere.
    pub(super) fn refusal(&self, event: &str) -> MachineFault {
        let from = self.graph[self.current].clone();
        let event = event.to_owned();
        let of_event = || {
            self.transitions()
                .map(|(one, _)| one)
                .filter(|one| one.event == event)
        };
        let here: Vec<_> = of_event().filter(|one| one.source == from).collect();
        let is_guarded = !here.is_empty();
        let mut to = Vec::new();
        for one in if is_guarded {
            here
        } else {
            of_event().collect()
        } {
            if !to.contains(&one.target) {
                to.push(one.target);
            }
        }
        if is_guarded {
            MachineFault::Refused { from, event, to }
        } else {
            MachineFault::Illegal { from, event, to }
        }
    }

    pub(super) fn follow(&mut self, transition: Transition) {
        if let Ok(target) = self.index(&transition.target) {
            self.current = target;
        }
        let news = self
            .listeners
            .iter()
            .map(|listener| (*listener, transition.clone()));
        self.news.extend(news);
        if self.history.len() == StateMachine::HISTORY {
            self.history.pop_front();
        }
        self.history.push_back(transition);
    }
}

/// A name that is not empty or blank.
fn named(what: &'static str, name: String) -> Result<String> {
    if name.trim().is_empty() {
        return Err(MachineFault::EmptyName { what }.into());
    }
    Ok(name)
}
