package recorder

import (
	"hash/fnv"
	"slices"
)

// rows bounds how many rows are told apart: each is a metric with its tags but those that say what became of a request.
// The room is that of each metric, so that requests without end take none from checks.
type rows struct {
	config config
	known  map[string]bool
	// How many of them each metric has.
	byMetric map[string]int
	// Those that did not fit, by the hash of their key: they would be as many as there is memory.
	folded map[uint64]bool
}

const (
	// Of each row, what became of its requests: hardly ever more than a handful.
	mostSeriesPerRow = 10
	// So many rows that did not fit are counted; further ones are at least as many.
	mostFoldedCounted = 100_000
)

// foldedTags are those that rows keep for which there is no room. Of an error its code is enough there.
var foldedTags = []string{"phase", "status", "error_code", "expected_response"}

func newRows(config config) *rows {
	return &rows{config: config, known: map[string]bool{}, byMetric: map[string]int{}, folded: map[uint64]bool{}}
}

// fit returns the tags under which samples are counted: as they are where there is room, else those of the row that holds
// all rows for which there is none.
func (r *rows) fit(metric string, tags map[string]string, series int) map[string]string {
	row := keyOf(metric, withoutOutcome(tags))
	if r.hasRoomFor(row, metric, tags, series) {
		r.know(row, metric)
		return tags
	}
	if len(r.folded) < mostFoldedCounted {
		r.folded[hashOf(row)] = true
	}
	// A script may set a status of its own to each request.
	isFull := series >= 3*r.mostSeries()
	return r.fold(metric, tags, isFull)
}

// hasRoomFor keeps twice the room for rows that have a limit: they fold only where even their outcomes never repeat.
func (r *rows) hasRoomFor(row, metric string, tags map[string]string, series int) bool {
	if r.config.isWatched(metric, tags) {
		return series < 2*r.mostSeries()
	}
	return series < r.mostSeries() && (r.known[row] || r.byMetric[metric] < r.config.MostRows)
}

func (r *rows) know(row, metric string) {
	if !r.known[row] {
		r.known[row] = true
		r.byMetric[metric]++
	}
}

func (r *rows) mostSeries() int { return r.config.MostRows * mostSeriesPerRow }

// fold keeps what limits ask for: each counts the same samples, folded or not.
func (r *rows) fold(metric string, tags map[string]string, isFull bool) map[string]string {
	kept := map[string]string{"more": "true"}
	keep := func(name string) {
		if value, ok := tags[name]; ok {
			kept[name] = value
		}
	}
	for _, name := range foldedTags {
		if !isFull || name == "expected_response" {
			keep(name)
		}
	}
	if r.config.Rows {
		r.keepPart(tags, kept, isFull)
	}
	for _, asked := range r.config.askedOf(metric) {
		if contains(tags, asked) {
			for name := range asked {
				keep(name)
			}
		}
	}
	return kept
}

// keepPart keeps by what the requests of setup() and teardown() are told from those of the load: their groups, and that
// they have no scenario.
func (r *rows) keepPart(tags, kept map[string]string, isFull bool) {
	scenario, group := tags["scenario"], tags["group"]
	if scenario != "" && (!isFull || slices.Contains(r.config.scenarios, scenario)) {
		kept["scenario"] = scenario
	}
	for _, part := range []string{"::setup", "::teardown"} {
		if scenario == "" && isInGroup(group, part) {
			kept["group"] = part
		}
	}
}

func hashOf(key string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(key))
	return hash.Sum64()
}
