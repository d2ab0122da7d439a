package recorder

import (
	"math"
	"strconv"

	"go.k6.io/k6/v2/metrics"
)

// series is all samples of one metric with the same tags, as far as these are asked for.
type series struct {
	id       int
	metric   *metrics.Metric
	tags     map[string]string
	limits   []float64
	onActive func(*series)
	// Whether k6 does not tell the host of some of its requests.
	isHostUnknown bool
	// Of a script, whether its samples are no part of setup() and teardown().
	isOfLoad bool

	// What was added in this period.
	isActive       bool
	count          uint64
	sum            float64
	min, max, last float64
	buckets        histogram
	beyond         []beyond

	// Over the whole run, where a limit may end it.
	total *total
}

// total is what a limit that ends the run is held against.
type total struct {
	count  uint64
	sum    float64
	beyond []beyond
}

func (s *series) add(value float64) {
	if !s.isActive {
		s.isActive = true
		s.onActive(s)
		s.reset()
	}
	s.count++
	s.last = value
	s.min = math.Min(s.min, value)
	s.max = math.Max(s.max, value)
	switch s.metric.Type {
	case metrics.Rate:
		if value != 0 {
			s.sum++
		}
	case metrics.Trend:
		s.sum += value
		s.buckets[bucketOf(value)]++
		for i := range s.beyond {
			s.beyond[i].add(value)
		}
	default:
		s.sum += value
	}
	if s.total != nil {
		s.total.add(s.metric.Type, value)
	}
}

func (s *series) reset() {
	s.count, s.sum = 0, 0
	s.min, s.max = math.Inf(1), math.Inf(-1)
	if s.metric.Type == metrics.Trend {
		s.buckets = histogram{}
		s.beyond = newBeyond(s.limits)
	}
}

func (t *total) add(kind metrics.MetricType, value float64) {
	t.count++
	if kind == metrics.Rate {
		if value != 0 {
			t.sum++
		}
		return
	}
	t.sum += value
	for i := range t.beyond {
		t.beyond[i].add(value)
	}
}

func (s *series) appendFigures(text []byte) []byte {
	text = append(text, '[')
	switch s.metric.Type {
	case metrics.Gauge:
		text = appendNumbers(text, s.last, s.min, s.max)
	case metrics.Rate:
		text = appendNumbers(text, s.sum, float64(s.count))
	case metrics.Counter:
		text = appendNumbers(text, s.sum, float64(s.count))
	case metrics.Trend:
		text = appendNumbers(text, float64(s.count), s.sum, s.min, s.max)
		text = append(text, ',')
		text = s.buckets.appendTo(text)
		text = s.appendBeyond(text)
	}
	return append(text, ']')
}

func (s *series) appendBeyond(text []byte) []byte {
	if len(s.beyond) == 0 {
		return text
	}
	text = append(text, ',', '[')
	for i := range s.beyond {
		if i > 0 {
			text = append(text, ',')
		}
		text = s.beyond[i].appendTo(text)
	}
	return append(text, ']')
}

func appendNumbers(text []byte, values ...float64) []byte {
	for i, value := range values {
		if i > 0 {
			text = append(text, ',')
		}
		if value == math.Trunc(value) && math.Abs(value) < 1e15 {
			text = strconv.AppendInt(text, int64(value), 10)
		} else {
			text = appendNumber(text, value)
		}
	}
	return text
}

// definition is the line that stands before the first figures of a series.
func (s *series) definition() []byte {
	return jsonLine(struct {
		Type     string             `json:"type"`
		ID       int                `json:"id"`
		Metric   string             `json:"metric"`
		Kind     metrics.MetricType `json:"kind"`
		Contains metrics.ValueType  `json:"contains"`
		Tags     map[string]string  `json:"tags"`
		Limits   []float64          `json:"limits,omitempty"`
	}{"series", s.id, s.metric.Name, s.metric.Type, s.metric.Contains, s.tags, s.limits})
}

// jsonLine is one line of the record. What is in it is made of texts, numbers and valid JSON: it can be written.
func jsonLine(value any) []byte {
	text, err := metrics.MarshalJSONWithoutHTMLEscape(value)
	if err != nil {
		return nil
	}
	return append(text, '\n')
}
