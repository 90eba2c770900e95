//! In which order plugins are loaded, and which of them cannot be.

use super::fault::PluginFault;
use super::needs::{Needs, Present};
use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// A plugin that is to be loaded.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) id: String,
    pub(crate) version: Option<Version>,
    pub(crate) needs: Needs,
}

/// What comes of a set of plugins, by their names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Those that can be loaded, each behind what it needs; else by the bytes of their names.
    pub(crate) order: Vec<String>,
    /// Those that cannot, and why.
    pub(crate) blocked: BTreeMap<String, PluginFault>,
}

/// Plans the loading of `candidates` beside the plugins that are `present`. Names are unique among both.
///
/// A plugin that is blocked blocks those that require it, and no others. The plan depends on nothing but its arguments'
/// content: not on their order.
pub(crate) fn plan(candidates: &[Candidate], present: &Present) -> Plan {
    let by_name: BTreeMap<&str, &Candidate> =
        candidates.iter().map(|c| (c.id.as_str(), c)).collect();
    let mut blocked = cycles(&by_name);
    loop {
        let mut there = present.clone();
        let free = by_name.values().filter(|c| !blocked.contains_key(&c.id));
        there.extend(free.map(|c| (c.id.clone(), c.version.clone())));
        let found: BTreeMap<String, PluginFault> = by_name
            .values()
            .filter(|candidate| !blocked.contains_key(&candidate.id))
            .filter_map(|candidate| {
                Some((candidate.id.clone(), reason(candidate, &there, &by_name)?))
            })
            .collect();
        if found.is_empty() {
            break;
        }
        blocked.extend(found);
    }
    let free: BTreeMap<&str, &Candidate> = by_name
        .into_iter()
        .filter(|(id, _)| !blocked.contains_key(*id))
        .collect();
    Plan {
        order: order(&free),
        blocked,
    }
}

/// Why a candidate cannot be loaded beside what is there.
fn reason(
    candidate: &Candidate,
    there: &Present,
    candidates: &BTreeMap<&str, &Candidate>,
) -> Option<PluginFault> {
    let fault = candidate.needs.refusal(&candidate.id, there)?;
    match fault {
        // What was to be loaded and cannot be is not missing: it has a reason of its own.
        PluginFault::Missing { plugin, needs, .. } if candidates.contains_key(needs.as_str()) => {
            Some(PluginFault::Blocked { plugin, needs })
        }
        fault => Some(fault),
    }
}

type Graph<'a> = DiGraph<&'a str, ()>;

/// The graph of what comes before what: an edge leads from a plugin to one that has to wait for it.
fn graph<'a>(candidates: &BTreeMap<&'a str, &'a Candidate>, with_optional: bool) -> Graph<'a> {
    let mut graph = Graph::new();
    let nodes: BTreeMap<&str, NodeIndex> = candidates
        .keys()
        .map(|id| (*id, graph.add_node(id)))
        .collect();
    for (id, candidate) in candidates {
        let required = candidate.needs.requires.keys();
        let optional = candidate.needs.optional.keys().filter(|_| with_optional);
        for name in required.chain(optional) {
            if let Some(before) = nodes.get(name.as_str()) {
                graph.update_edge(*before, nodes[id], ());
            }
        }
    }
    graph
}

/// The plugins that require each other in a circle, each with the whole path from itself back to itself.
fn cycles(candidates: &BTreeMap<&str, &Candidate>) -> BTreeMap<String, PluginFault> {
    let graph = graph(candidates, false);
    let mut blocked = BTreeMap::new();
    for circle in tarjan_scc(&graph) {
        let members: BTreeSet<&str> = circle.iter().map(|node| graph[*node]).collect();
        for id in &members {
            if let Some(path) = way_back(id, &members, candidates) {
                let plugin = (*id).to_owned();
                let path = path.join(" -> ");
                blocked.insert(plugin.clone(), PluginFault::Cycle { plugin, path });
            }
        }
    }
    blocked
}

/// The shortest path of requirements from a plugin back to itself, among equals the first by the names' bytes.
fn way_back<'a>(
    start: &'a str,
    members: &BTreeSet<&'a str>,
    candidates: &BTreeMap<&'a str, &'a Candidate>,
) -> Option<Vec<&'a str>> {
    let mut paths = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            let last = path.last()?;
            for next in candidates[last].needs.requires.keys() {
                if next == start {
                    return Some(path.iter().copied().chain([start]).collect());
                }
                if let Some(next) = members.get(next.as_str())
                    && seen.insert(*next)
                {
                    longer.push(path.iter().copied().chain([*next]).collect());
                }
            }
        }
        paths = longer;
    }
    None
}

/// Free candidates in the order of loading. Circles that only optional plugins close are opened there.
fn order(free: &BTreeMap<&str, &Candidate>) -> Vec<String> {
    let mut graph = graph(free, true);
    let circles = tarjan_scc(&graph);
    let mut home = BTreeMap::new();
    for (number, circle) in circles.iter().enumerate() {
        home.extend(circle.iter().map(|node| (*node, number)));
    }
    graph.retain_edges(|graph, edge| {
        let Some((before, after)) = graph.edge_endpoints(edge) else {
            return false;
        };
        let is_required = free[graph[after]]
            .needs
            .requires
            .contains_key(graph[before]);
        is_required || home[&before] != home[&after]
    });
    let mut order = Vec::new();
    let mut waiting: BTreeMap<&str, NodeIndex> = graph
        .node_indices()
        .map(|node| (graph[node], node))
        .collect();
    let mut is_placed = vec![false; graph.node_count()];
    // What is ready is looked for by name each time: a few hundred plugins are many.
    while let Some(node) = waiting.values().copied().find(|node| {
        let mut before = graph.neighbors_directed(*node, Direction::Incoming);
        before.all(|node| is_placed[node.index()])
    }) {
        is_placed[node.index()] = true;
        waiting.remove(graph[node]);
        order.push(graph[node].to_owned());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use semver::VersionReq;

    /// A plugin "name version", and its needs: "a ^1", "?a ^1" for an optional one, "!a ^1" for a conflict.
    fn candidate(plugin: &str, needs: &[&str]) -> Candidate {
        let (id, version) = plugin.split_once(' ').expect("a version");
        let mut all = Needs::default();
        for need in needs {
            let (name, range) = need.split_once(' ').expect("a range");
            let range = VersionReq::parse(range).expect("a range");
            let (ranges, name) = match name.split_at(1) {
                ("?", name) => (&mut all.optional, name),
                ("!", name) => (&mut all.conflicts, name),
                _ => (&mut all.requires, name),
            };
            ranges.insert(name.to_owned(), range);
        }
        Candidate {
            id: id.to_owned(),
            version: Some(Version::parse(version).expect("a version")),
            needs: all,
        }
    }

    /// The order, and the messages of what is blocked.
    fn check(plugins: &[(&str, &[&str])], order: &[&str], blocked: &[&str]) {
        let candidates: Vec<Candidate> = plugins.iter().map(|(p, n)| candidate(p, n)).collect();
        let reversed: Vec<Candidate> = candidates.iter().rev().cloned().collect();
        let plan = plan(&candidates, &Present::new());
        assert_eq!(plan, super::plan(&reversed, &Present::new()));
        assert_eq!(plan.order, order);
        let messages: Vec<String> = plan.blocked.values().map(ToString::to_string).collect();
        assert_eq!(messages, blocked);
    }

    #[test]
    fn plugins_come_behind_what_they_need_and_else_by_name() {
        check(
            &[("a 1.0.0", &["c ^1"]), ("b 1.0.0", &[]), ("c 1.2.0", &[])],
            &["b", "c", "a"],
            &[],
        );
    }

    #[test]
    fn what_is_optional_comes_before_when_it_is_there_and_is_not_missed() {
        check(
            &[("a 1.0.0", &["?b ^1", "?x ^1"]), ("b 1.0.0", &[])],
            &["b", "a"],
            &[],
        );
    }

    #[test]
    fn a_plugin_that_is_missing_blocks_those_that_require_it_and_no_others() {
        check(
            &[
                ("a 1.0.0", &["x ^1"]),
                ("b 1.0.0", &["a ^1"]),
                ("c 1.0.0", &[]),
            ],
            &["c"],
            &[
                "Plugin 'a' needs 'x' ^1, which is not there",
                "Plugin 'b' needs 'a', which is blocked",
            ],
        );
    }

    #[test]
    fn a_wrong_version_is_named_with_what_was_found() {
        check(
            &[
                ("a 2.0.0", &[]),
                ("b 1.0.0", &["a ^1"]),
                ("c 1.0.0", &["?a <2.0.0"]),
            ],
            &["a"],
            &[
                "Plugin 'b' needs 'a' ^1, but 2.0.0 is there",
                "Plugin 'c' needs 'a' <2.0.0, but 2.0.0 is there",
            ],
        );
    }

    #[test]
    fn a_conflict_blocks_the_plugin_that_declares_it() {
        check(
            &[
                ("a 1.0.0", &["!b >=1"]),
                ("b 1.5.0", &[]),
                ("c 1.0.0", &["!b ^2"]),
            ],
            &["b", "c"],
            &["Plugin 'a' conflicts with 'b' 1.5.0"],
        );
    }

    #[test]
    fn a_cycle_is_printed_as_its_whole_path_from_each_of_its_plugins() {
        check(
            &[
                ("a 1.0.0", &["b ^1"]),
                ("b 1.0.0", &["c ^1"]),
                ("c 1.0.0", &["a ^1"]),
                ("d 1.0.0", &["a ^1"]),
                ("e 1.0.0", &["e ^1"]),
            ],
            &[],
            &[
                "Plugins need each other in a circle: a -> b -> c -> a",
                "Plugins need each other in a circle: b -> c -> a -> b",
                "Plugins need each other in a circle: c -> a -> b -> c",
                "Plugin 'd' needs 'a', which is blocked",
                "Plugins need each other in a circle: e -> e",
            ],
        );
    }

    #[test]
    fn a_circle_that_only_an_optional_plugin_closes_is_opened_there() {
        check(
            &[("a 1.0.0", &["b ^1"]), ("b 1.0.0", &["?a ^1"])],
            &["b", "a"],
            &[],
        );
    }

    #[test]
    fn what_is_present_counts_and_a_version_that_is_none_fits_a_star_only() {
        let present = Present::from([
            ("old".to_owned(), Some(Version::new(1, 0, 0))),
            ("odd".to_owned(), None),
        ]);
        let candidates = [
            candidate("a 1.0.0", &["old ^1", "odd *"]),
            candidate("b 1.0.0", &["odd >=0"]),
        ];
        let plan = plan(&candidates, &present);
        assert_eq!(plan.order, ["a"]);
        let messages: Vec<String> = plan.blocked.values().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            ["Plugin 'b' needs 'odd' >=0, but unknown is there"]
        );
    }
}
