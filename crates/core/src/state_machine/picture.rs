//! The picture of a state machine in the language of Graphviz.

use super::StateMachine;
use super::graph::{Edge, Guard};
use petgraph::dot::{Config, Dot, RankDir};
use petgraph::visit::EdgeRef as _;
use std::fmt;

/// A name as a label. Graphviz takes a null character for the end of its input.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.replace('\0', "\u{2400}"))
    }
}

impl StateMachine {
    /// The picture as a DOT digraph: the initial state has two borders, the state that the machine is in is bold, and a
    /// transition with a guard is dashed.
    #[must_use]
    pub fn to_dot(&self) -> String {
        let inner = self.0.lock();
        let graph = inner
            .graph
            .map(|_, name| Label(name), |_, Edge { event, .. }| Label(event));
        let state = |_, (index, _): (_, &Label<'_>)| {
            let border = if index == inner.initial {
                "peripheries=2 "
            } else {
                ""
            };
            let font = if index == inner.current {
                "style=bold "
            } else {
                ""
            };
            format!("{border}{font}")
        };
        let transition = |_, edge: petgraph::graph::EdgeReference<'_, Label<'_>>| match inner.graph
            [edge.id()]
        .guard
        {
            Guard::None => String::new(),
            Guard::Number(_) | Guard::Missing => "style=dashed ".to_owned(),
        };
        let config = [Config::RankDir(RankDir::LR)];
        Dot::with_attr_getters(&graph, &config, &transition, &state).to_string()
    }
}
