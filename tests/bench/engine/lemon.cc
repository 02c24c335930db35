/*
 * The yardstick of mode "optimal": LEMON's network simplex and cost scaling on
 * the same network, all three objectives in one cost by exact weights.
 *
 * A simple cycle of the residual network passes the sink once at most, so it
 * changes the score by at most students x the greatest score, the number placed
 * by at most one: weights beyond that make the sum lexicographic.
 *
 * Usage: contest_lemon simplex|scaling STUDENTS
 */
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cstring>

extern "C" {
#include "contest.h"
#include "matcher/insist.h"
}

namespace {

using Graph = lemon::SmartDigraph;
using Cost = long long;

struct Network {
	const match_instance *in;
	Cost place, floor; // the weights of a place and of a seat of a floor
	int sink;
	Graph graph;
	Graph::ArcMap<int> upper{graph};
	Graph::ArcMap<Cost> cost{graph};
	Graph::NodeMap<int> supply{graph, 0};
};

struct Arc {
	int from, to, upper;
	Cost cost;
};

void add(Network &net, const Arc &arc)
{
	Graph::Arc made = net.graph.addArc(net.graph.nodeFromId(arc.from),
					   net.graph.nodeFromId(arc.to));

	net.upper[made] = arc.upper;
	net.cost[made] = arc.cost;
}

int group_node(const Network &net, uint32_t group)
{
	const match_instance *in = net.in;

	if (group == MATCH_NONE)
		return net.sink;
	return int(in->students.count + in->postings.count + group);
}

void add_students(Network &net)
{
	const match_instance *in = net.in;
	int first = int(in->students.count);

	for (uint32_t s = 0; s < in->students.count; s++) {
		for (uint32_t i = in->choice_start[s];
		     i < in->choice_start[s + 1]; i++)
			add(net, {int(s), first + int(in->choice[i].posting), 1,
				  -Cost(in->choice[i].score)});
		add(net, {int(s), net.sink, 1, net.place});
		net.supply[net.graph.nodeFromId(int(s))] = 1;
	}
	net.supply[net.graph.nodeFromId(net.sink)] = -first;
}

void add_forest(Network &net)
{
	const match_instance *in = net.in;
	int count = int(in->students.count);

	for (uint32_t p = 0; p < in->postings.count; p++)
		add(net, {count + int(p), group_node(net, in->posting[p].group),
			  int(in->posting[p].capacity), 0});
	for (uint32_t g = 0; g < in->groups.count; g++) {
		int up = group_node(net, in->group[g].parent);
		int lower = int(in->group[g].lower);
		int upper = in->group[g].upper == MATCH_NO_CAP
				    ? count + lower
				    : int(in->group[g].upper);

		add(net, {group_node(net, g), up, lower, -net.floor});
		add(net, {group_node(net, g), up, upper - lower, 0});
	}
}

void make_network(Network &net)
{
	const match_instance *in = net.in;
	Cost greatest = 0, students = in->students.count;
	uint32_t choices = in->choice_start[in->students.count];

	for (uint32_t i = 0; i < choices; i++)
		greatest = std::max(greatest, Cost(in->choice[i].score));
	net.place = 1 + students * greatest;
	net.floor = 2 * (net.place + students * greatest) + 1;
	net.sink = int(in->students.count + in->postings.count +
		       in->groups.count);
	net.graph.reserveNode(net.sink + 1);
	net.graph.reserveArc(int(choices + in->students.count +
				 in->postings.count + 2 * in->groups.count));
	for (int i = 0; i <= net.sink; i++)
		net.graph.addNode();
	add_students(net);
	add_forest(net);
}

template <class Solver> match_objective solve(const Network &net)
{
	Solver solver(net.graph);
	match_objective got{0, 0, 0};

	solver.upperMap(net.upper).costMap(net.cost).supplyMap(net.supply);
	MATCH_INSIST(solver.run() == Solver::OPTIMAL);
	for (Graph::ArcIt arc(net.graph); arc != lemon::INVALID; ++arc) {
		int flow = solver.flow(arc);

		if (net.cost[arc] == -net.floor)
			got.shortfall += net.upper[arc] - flow;
		else if (net.cost[arc] <= 0 && flow &&
			 net.graph.id(net.graph.source(arc)) <
				 int(net.in->students.count)) {
			got.placed++;
			got.score -= net.cost[arc];
		}
	}
	return got;
}

match_objective run(const char *algorithm, const match_instance *in)
{
	Network net;

	net.in = in;
	make_network(net);
	if (!strcmp(algorithm, "simplex"))
		return solve<lemon::NetworkSimplex<Graph, int, Cost>>(net);
	return solve<lemon::CostScaling<Graph, int, Cost>>(net);
}

} // namespace

int main(int argument_count, char **arguments)
{
	match_instance instance;
	match_objective got;
	struct contest_lap lap;

	MATCH_INSIST(argument_count == 3);
	contest_instance(arguments[2], &instance);
	MATCH_INSIST(instance.ranking_count == 0);
	contest_start();
	got = run(arguments[1], &instance);
	lap = contest_stop();
	contest_say(arguments[1], &lap, &got);
	match_instance_free(&instance);
	return 0;
}
