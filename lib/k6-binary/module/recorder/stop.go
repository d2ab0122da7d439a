package recorder

import (
	"math"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// What a limit that ends the run is set to, ...
const (
	meanOfTrend  = "mean"
	shareOfTrue  = "rate"
	sumOfCounter = "count"
)

// ... or a percentile of a trend (0-1). Its greatest value is the last one.
var percentiles = map[string]float64{"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1}

// stop is a limit that ends the run when it is crossed.
type stop struct {
	// How people are told of it.
	Name   string            `json:"name"`
	Metric string            `json:"metric"`
	Tags   map[string]string `json:"tags"`
	// One of those above.
	Aggregate string `json:"aggregate"`
	// "<", "<=" or, of a share, ">=": how the figure must stand to the limit.
	Operator string `json:"operator"`
	// The kind of metric that it is for, such as "counter": of another one it looks at nothing. Any kind where it is empty.
	Kind  string  `json:"kind"`
	Limit float64 `json:"limit"`
	// Since the first sample of the script.
	AfterSeconds float64 `json:"afterSeconds"`
}

func (s stop) isOfPercentile() bool {
	_, ok := percentiles[s.Aggregate]
	return ok
}

// isFor tells whether a limit means a metric of this name and kind.
func (s stop) isFor(metric *metrics.Metric) bool {
	return s.Metric == metric.Name && (s.Kind == "" || s.Kind == metric.Type.String())
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
		if !limit.isFor(each.metric) || !contains(each.tags, limit.Tags) {
			continue
		}
		all.count += each.total.count
		all.sum += each.total.amount(each.metric.Type, limit.Aggregate)
		if found := findBeyond(each.total.beyond, nearest.limit); found != nil {
			nearest.addAll(*found)
		}
	}
	if all.count == 0 {
		return true
	}
	if percentile, ok := percentiles[limit.Aggregate]; ok {
		return nearest.isPercentileBelow(percentile, all.count)
	}
	if limit.Aggregate == sumOfCounter {
		return isWithin(all.sum, limit)
	}
	return isWithin(all.sum/float64(all.count), limit)
}

// amount is what a limit on a mean, a rate or a count looks at: to count a trend is to count its samples.
func (t *total) amount(kind metrics.MetricType, aggregate string) float64 {
	if kind == metrics.Trend && aggregate == sumOfCounter {
		return float64(t.count)
	}
	return t.sum
}

func isWithin(value float64, limit *stop) bool {
	switch limit.Operator {
	case "<=":
		return value <= limit.Limit
	case ">=":
		return value >= limit.Limit
	default:
		return value < limit.Limit
	}
}
