package recorder

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"testing"
)

// sums are all periods of a series together.
type sums struct {
	count, sum, min, max float64
	last                 float64
	buckets              map[uint32]float64
	beyond               []beyond
}

// of adds up all series of a metric that have these tags.
func (r record) of(t testing.TB, metric string, pairs ...string) sums {
	t.Helper()
	all := sums{min: math.Inf(1), max: math.Inf(-1), buckets: map[uint32]float64{}}
	for _, period := range r.periods {
		for id, figures := range period.Series {
			if facts := r.series[id]; facts.Metric == metric && hasPairs(facts.Tags, pairs) {
				all.add(t, facts, figures)
			}
		}
	}
	return all
}

// ofSeries adds up one series.
func (r record) ofSeries(t testing.TB, facts seriesLine) sums {
	t.Helper()
	all := sums{min: math.Inf(1), max: math.Inf(-1), buckets: map[uint32]float64{}}
	for _, period := range r.periods {
		if figures, ok := period.Series[strconv.Itoa(facts.ID)]; ok {
			all.add(t, facts, figures)
		}
	}
	return all
}

func hasPairs(tags map[string]string, pairs []string) bool {
	for i := 0; i < len(pairs); i += 2 {
		if tags[pairs[i]] != pairs[i+1] {
			return false
		}
	}
	return true
}

func (s *sums) add(t testing.TB, facts seriesLine, figures json.RawMessage) {
	t.Helper()
	var parts []json.RawMessage
	must(t, json.Unmarshal(figures, &parts))
	number := func(i int) float64 {
		var value *float64
		must(t, json.Unmarshal(parts[i], &value))
		if value == nil {
			t.Fatalf("%s has no number: %s", facts.Metric, figures)
		}
		return *value
	}
	switch facts.Kind {
	case "counter", "rate":
		s.sum += number(0)
		s.count += number(1)
	case "gauge":
		s.last = number(0)
		s.min, s.max = math.Min(s.min, number(1)), math.Max(s.max, number(2))
	case "trend":
		s.count += number(0)
		s.sum += number(1)
		s.min, s.max = math.Min(s.min, number(2)), math.Max(s.max, number(3))
		s.addBuckets(t, parts[4], number(0))
		expect(t, "parts of a trend", len(parts), 5+min(1, len(facts.Limits)))
		if len(facts.Limits) > 0 {
			s.addBeyond(t, facts.Limits, parts[5])
		}
	}
}

func (s *sums) addBuckets(t testing.TB, text json.RawMessage, count float64) {
	t.Helper()
	var flat []float64
	must(t, json.Unmarshal(text, &flat))
	var key uint32
	var total float64
	for i := 0; i < len(flat); i += 2 {
		if i > 0 && flat[i] <= 0 {
			t.Fatalf("keys do not rise: %s", text)
		}
		key += uint32(flat[i])
		s.buckets[key] += flat[i+1]
		total += flat[i+1]
	}
	expect(t, "samples in buckets", total, count)
}

func (s *sums) addBeyond(t testing.TB, limits []float64, text json.RawMessage) {
	t.Helper()
	var entries [][3]*float64
	must(t, json.Unmarshal(text, &entries))
	expect(t, "entries beyond limits", len(entries), len(limits))
	for i, entry := range entries {
		found := beyond{limit: limits[i], atOrAbove: uint64(*entry[0]), below: math.Inf(-1), notSmaller: math.Inf(1)}
		if entry[1] != nil {
			found.below = *entry[1]
		}
		if entry[2] != nil {
			found.notSmaller = *entry[2]
		}
		if known := findBeyond(s.beyond, limits[i]); known != nil {
			known.addAll(found)
		} else {
			s.beyond = append(s.beyond, found)
		}
	}
}

// metricsOf are the names of the metrics that have a series.
func (r record) metricsOf() []string {
	var names []string
	for _, each := range r.series {
		names = append(names, each.Metric)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
