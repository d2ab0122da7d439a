package recorder

import (
	"math"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// What a limit that ends the run is set to.
const (
	percentile95 = "p95"
	shareOfTrue  = "rate"
	sumOfCounter = "count"
)

// stop is a limit that ends the run when it is crossed.
type stop struct {
	// How people are told of it.
	Name   string            `json:"name"`
	Metric string            `json:"metric"`
	Tags   map[string]string `json:"tags"`
	// One of the three above.
	Aggregate string `json:"aggregate"`
	// "<" or "<=": how the figure must stand to the limit.
	Operator string  `json:"operator"`
	Limit    float64 `json:"limit"`
	// Since the first sample of the script.
	AfterSeconds float64 `json:"afterSeconds"`
}

// border is the value that a percentile must be below: "at most" is below the next number that there is.
func (s stop) border() float64 {
	if s.Operator == "<=" {
		return math.Nextafter(s.Limit, math.Inf(1))
	}
	return s.Limit
}

// mayEndBy tells whether a limit that ends the run looks at a series.
func (c config) mayEndBy(metric string, tags map[string]string) bool {
	for _, each := range c.Stops {
		if each.Metric == metric && contains(tags, each.Tags) {
			return true
		}
	}
	return false
}

// crossedStop is the first limit that does not hold once the run is old enough for it.
func (b *book) crossedStop(age time.Duration) *stop {
	for i := range b.config.Stops {
		each := &b.config.Stops[i]
		if age.Seconds() >= each.AfterSeconds && !b.holds(each) {
			return each
		}
	}
	return nil
}

// holds is true as long as there is nothing to hold against the limit, as in k6.
func (b *book) holds(limit *stop) bool {
	var all total
	nearest := beyond{limit: limit.border(), below: math.Inf(-1), notSmaller: math.Inf(1)}
	for _, each := range b.stopping {
		if each.metric.Name != limit.Metric || !contains(each.tags, limit.Tags) {
			continue
		}
		all.count += each.total.count
		all.sum += each.total.amount(each.metric.Type)
		if found := findBeyond(each.total.beyond, nearest.limit); found != nil {
			nearest.addAll(*found)
		}
	}
	if all.count == 0 {
		return true
	}
	switch limit.Aggregate {
	case percentile95:
		return nearest.isPercentileBelow(0.95, all.count)
	case shareOfTrue:
		return isWithin(all.sum/float64(all.count), limit)
	default:
		return isWithin(all.sum, limit)
	}
}

// amount is what a limit on a rate or a count looks at: of a trend it is how many samples there are.
func (t *total) amount(kind metrics.MetricType) float64 {
	if kind == metrics.Trend {
		return float64(t.count)
	}
	return t.sum
}

func isWithin(value float64, limit *stop) bool {
	if limit.Operator == "<=" {
		return value <= limit.Limit
	}
	return value < limit.Limit
}
