package recorder

import (
	"fmt"
	"maps"
	"slices"
)

// asked are the tags that each limit on a metric looks for.
func (c config) askedOf(metric string) []map[string]string {
	var all []map[string]string
	for _, each := range c.Limits {
		if each.Metric == metric {
			all = append(all, each.Tags)
		}
	}
	for _, each := range c.Stops {
		if each.Metric == metric {
			all = append(all, each.Tags)
		}
	}
	return all
}

// limitsOf are the values beyond which samples of a series are counted, rising.
func (c config) limitsOf(metric string, tags map[string]string) []float64 {
	var values []float64
	for _, each := range c.Limits {
		if each.Metric == metric && contains(tags, each.Tags) {
			values = append(values, each.Values...)
		}
	}
	for _, each := range c.Stops {
		if each.Metric == metric && each.isOfPercentile() && contains(tags, each.Tags) {
			values = append(values, each.border())
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// isWatched tells whether a limit is set to the row of these tags. One that a folded row shows as well is set to all rows:
// whether these are told apart is nothing to it.
func (c config) isWatched(metric string, tags map[string]string) bool {
	return slices.ContainsFunc(c.askedOf(metric), func(asked map[string]string) bool {
		ofRow := withoutOutcome(asked)
		return contains(tags, ofRow) && slices.ContainsFunc(slices.Collect(maps.Keys(ofRow)), c.tellsRows)
	})
}

// tellsRows tells whether a tag is one by which a limit is set to single rows.
func (c config) tellsRows(tag string) bool {
	if c.Rows {
		return slices.Contains([]string{rowTag, hostTag, "name", "url", "check"}, tag)
	}
	return !slices.Contains(foldedTags, tag)
}

// isLimited tells whether any limit is set to a metric.
func (c config) isLimited(metric string) bool {
	return slices.ContainsFunc(c.Limits, func(each limit) bool { return each.Metric == metric }) ||
		slices.ContainsFunc(c.Stops, func(each stop) bool { return each.Metric == metric })
}

// expectStops refuses a limit that would be taken for another one.
func (c config) expectStops() error {
	for _, each := range c.Stops {
		if !each.isOfPercentile() && !slices.Contains([]string{meanOfTrend, shareOfTrue, sumOfCounter}, each.Aggregate) {
			return fmt.Errorf("the stop %q has the aggregate %q, which is none of p50, p95, p99, max, mean, rate and count", each.Name, each.Aggregate)
		}
		if each.Operator != "<" && each.Operator != "<=" && (each.Operator != ">=" || each.Aggregate != shareOfTrue) {
			return fmt.Errorf("the stop %q has the operator %q, which is neither < nor <=, nor >= of a rate", each.Name, each.Operator)
		}
	}
	return nil
}

func withoutOutcome(tags map[string]string) map[string]string {
	left := make(map[string]string, len(tags))
	for name, value := range tags {
		if !slices.Contains(outcomeTags, name) {
			left[name] = value
		}
	}
	return left
}

func contains(tags, wanted map[string]string) bool {
	for name, value := range wanted {
		if found, ok := tags[name]; !ok || found != value {
			return false
		}
	}
	return true
}
