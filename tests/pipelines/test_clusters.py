import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clusters import connected


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as opened:
        yield opened


def clusters(con, nodes, edges):
    """The cluster of every node."""
    con.register("nodes", pa.table({"node": pa.array(nodes, pa.string())}))
    ends = {name: pa.array([edge[end] for edge in edges], pa.string()) for end, name in enumerate("ab")}
    con.register("edges", pa.table(ends))
    return dict(con.execute(f"select node, cluster from {connected(con, 'nodes', 'edges')}").fetchall())


def test_nodes_without_links_are_each_their_own(con):
    assert clusters(con, "ab", []) == {"a": "a", "b": "b"}


def test_no_nodes_no_clusters(con):
    assert clusters(con, "", ["ab"]) == {}


def test_a_cluster_is_called_by_its_smallest_node(con):
    assert clusters(con, "abcde", ["ed", "dc"]) == {"a": "a", "b": "b", "c": "c", "d": "c", "e": "c"}


def test_a_link_to_what_is_no_node_holds_nothing_together(con):
    assert clusters(con, "ab", ["ax", "xb"]) == {"a": "a", "b": "b"}


def test_a_link_to_itself_and_one_given_twice_change_nothing(con):
    assert clusters(con, "abc", ["aa", "ab", "ba", "ab"]) == {"a": "a", "b": "a", "c": "c"}


def test_a_long_chain_is_one_cluster(con):
    con.execute("create or replace table nodes_of_chain as select printf('%05d', i) as node from range(10000) t(i)")
    con.execute("create or replace table chain as select node as a, lead(node) over (order by md5(node)) as b"
                " from nodes_of_chain")  # fmt: skip
    found = con.execute(f"select distinct cluster from {connected(con, 'nodes_of_chain', 'chain')}").fetchall()
    assert found == [("00000",)]


def test_a_star_around_its_greatest_node_is_one_cluster(con):
    con.execute("create or replace table nodes_of_star as select printf('%05d', i) as node from range(10000) t(i)")
    con.execute("create or replace table star as select node as a, '09999' as b from nodes_of_star")
    found = con.execute(f"select distinct cluster from {connected(con, 'nodes_of_star', 'star')}").fetchall()
    assert found == [("00000",)]


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("abcdefghijkl")] * 2), max_size=20))
def test_whatever_the_links_the_groups_are_those_of_adding_one_link_after_the_other(con, edges):
    groups = {node: {node} for node in "abcdefghijkl"}
    for a, b in edges:
        joined = groups[a] | groups[b]
        groups.update(dict.fromkeys(joined, joined))
    assert clusters(con, "abcdefghijkl", edges) == {node: min(group) for node, group in groups.items()}
