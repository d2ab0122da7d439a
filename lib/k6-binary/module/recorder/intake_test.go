package recorder

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// plain is a sum that knows no periods.
type plain struct{ count, sum, min, max, last float64 }

func (p *plain) add(value, amount float64) {
	if p.count == 0 {
		p.min, p.max = value, value
	}
	p.count++
	p.sum += amount
	p.min, p.max, p.last = math.Min(p.min, value), math.Max(p.max, value), value
}

// What all periods hold is what was added, whatever the flusher's rhythm.
func TestPeriodsAddUp(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		b := newBench(t, `{"tags":{"*":["a","b"]},"limits":[{"metric":"trend","tags":{"a":"1"},"values":[50,20.5]}]}`).start()
		b.config.stretchBytes = 20_000
		kinds := map[string]metrics.MetricType{
			"counter": metrics.Counter, "gauge": metrics.Gauge, "rate": metrics.Rate, "trend": metrics.Trend,
		}
		want := map[string]*plain{}
		for range 400 {
			for name, kind := range kinds {
				// Sums of such numbers are exact.
				value := float64(random.IntN(400)) / 4
				first, second := fmt.Sprint(random.IntN(3)), fmt.Sprint(random.IntN(2))
				b.add(b.metric(name, kind), value, "a", first, "b", second, "c", fmt.Sprint(random.IntN(9)))
				key := name + first + second
				if want[key] == nil {
					want[key] = &plain{}
				}
				amount := value
				if kind == metrics.Rate {
					amount = math.Min(1, math.Ceil(value))
				}
				want[key].add(value, amount)
			}
			b.time = b.time.Add(time.Duration(random.IntN(700)) * time.Millisecond)
			if random.IntN(3) > 0 {
				b.flush()
			}
		}
		read := b.end()
		if len(read.periods) < 10 {
			t.Fatalf("only %d periods", len(read.periods))
		}
		for name := range kinds {
			for _, first := range []string{"0", "1", "2"} {
				for _, second := range []string{"0", "1"} {
					compare(t, name, want[name+first+second], read.of(t, name, "a", first, "b", second))
				}
			}
		}
	}
}

func compare(t *testing.T, kind string, want *plain, got sums) {
	t.Helper()
	if kind != "gauge" {
		expect(t, kind+"'s count", got.count, want.count)
		expect(t, kind+"'s sum", got.sum, want.sum)
	} else {
		expect(t, kind+"'s last", got.last, want.last)
	}
	if kind == "gauge" || kind == "trend" {
		expect(t, kind+"'s minimum", got.min, want.min)
		expect(t, kind+"'s maximum", got.max, want.max)
	}
}

// A period holds what came before its end, though the flusher comes later.
func TestSampleBelongsToThePeriodOfItsTime(t *testing.T) {
	b := newBench(t, "").start()
	counter := b.metric("it", metrics.Counter)
	start := b.time
	at := func(ms int) metrics.Sample {
		sample := b.sample(counter, 1)
		sample.Time = start.Add(time.Duration(ms) * time.Millisecond)
		return sample
	}
	trail := b.request(time.Millisecond)
	trail.EndTime = start.Add(4200 * time.Millisecond)
	b.AddMetricSamples([]metrics.SampleContainer{
		at(0), at(999), at(1000),
		// Samples that have nothing in common are told apart.
		metrics.Samples{at(500), at(1001), at(4700)},
		metrics.ConnectedSamples{Samples: []metrics.Sample{at(2001), at(2001)}, Time: start.Add(2001 * time.Millisecond)},
		trail,
	})
	b.time = start.Add(4800 * time.Millisecond)
	b.flush()
	read := b.end()
	var counts []float64
	for _, period := range read.periods {
		one := record{series: read.series, periods: []periodFigures{period}}
		counts = append(counts, one.of(t, "it").count)
	}
	if want := []float64{3, 2, 2, 0, 1}; !reflect.DeepEqual(counts, want) {
		t.Errorf("got %v, want %v", counts, want)
	}
	last := record{series: read.series, periods: read.periods[4:]}
	expect(t, "requests of the last period", last.of(t, "http_req_duration").count, 1)
	expect(t, "its end", read.periods[4].ToMs, start.UnixMilli()+4800)
}

func TestEveryKindOfContainer(t *testing.T) {
	b := newBench(t, "").start()
	sample := func(name string, kind metrics.MetricType, value float64) metrics.Sample {
		return b.sample(b.metric(name, kind), value, "scenario", "s", "status", "0", "url", "u")
	}
	b.AddMetricSamples([]metrics.SampleContainer{
		b.request(5*time.Millisecond, "method", "GET", "status", "200", "expected_response", "true", "url", "u"),
		sample("one", metrics.Counter, 3),
		metrics.Samples{sample("two", metrics.Rate, 1), sample("two", metrics.Rate, 0)},
		metrics.ConnectedSamples{Samples: []metrics.Sample{sample("three", metrics.Gauge, -4)}, Time: b.time},
		metrics.Samples{sample("ws_connecting", metrics.Trend, 7)},
		sample("grpc_req_duration", metrics.Trend, 8),
		metrics.Samples{},
	})
	read := b.end()
	wanted := []string{"grpc_req_duration", "http_req_duration", "one", "three", "two", "ws_connecting"}
	if got := read.metricsOf(); !reflect.DeepEqual(got, wanted) {
		t.Errorf("got %v, want %v", got, wanted)
	}
	request := read.of(t, "http_req_duration", "method", "GET", "status", "200", "expected_response", "true")
	expect(t, "requests", request.count, 1)
	expect(t, "duration", request.sum, 5)
	expect(t, "counter", read.of(t, "one", "scenario", "s").sum, 3)
	expect(t, "rate", read.of(t, "two").sum/read.of(t, "two").count, 0.5)
	expect(t, "gauge", read.of(t, "three").last, -4)
	expect(t, "gRPC's status", read.of(t, "grpc_req_duration", "status", "0").sum, 8)
	for _, each := range read.series {
		if _, ok := each.Tags["url"]; ok {
			t.Errorf("%s keeps the URL", each.Metric)
		}
	}
}

func TestSkippedMetricsAreNotKept(t *testing.T) {
	b := newBench(t, `{"skip":["data_sent","http_req_duration"]}`).start()
	b.AddMetricSamples([]metrics.SampleContainer{b.request(time.Second), b.sample(b.builtin.DataSent, 9), b.sample(b.builtin.Iterations, 1)})
	if got := b.end().metricsOf(); !reflect.DeepEqual(got, []string{"iterations"}) {
		t.Errorf("got %v", got)
	}
}

func TestSingleSamples(t *testing.T) {
	b := newBench(t, `{"samples":["verdict_event","http_req_duration"]}`).start()
	event := b.sample(b.metric("verdict_event", metrics.Counter), 1.5, "kind", "socket")
	event.Metadata = map[string]string{"event": `{"x":1}`}
	event.Time = event.Time.Add(1500 * time.Microsecond)
	b.AddMetricSamples([]metrics.SampleContainer{event, b.request(7 * time.Millisecond)})
	read := b.end()
	expect(t, "series", len(read.series), 0)
	want := map[string]any{
		"type": "sample", "metric": "verdict_event", "atMs": 1_764_273_600_001.5, "value": 1.5,
		"tags": map[string]any{"kind": "socket"}, "metadata": map[string]any{"event": `{"x":1}`},
	}
	if !reflect.DeepEqual(read.samples[0], want) {
		t.Errorf("got %v", read.samples[0])
	}
	expect(t, "the request", read.samples[1]["value"], any(7.0))
}

func TestSingleSamplesAreBounded(t *testing.T) {
	b := newBench(t, `{"samples":["many","large"]}`).start()
	large := b.sample(b.metric("large", metrics.Counter), 1)
	large.Metadata = map[string]string{"body": strings.Repeat("x", mostBytesOfSamples/2)}
	// One fits, and another one does not.
	b.AddMetricSamples([]metrics.SampleContainer{large, large})
	many := b.sample(b.metric("many", metrics.Counter), 1)
	for i := range mostSamples + 9 {
		b.AddMetricSamples([]metrics.SampleContainer{many})
		if i%10_000 == 0 {
			b.pass(time.Second)
		}
	}
	read := b.end()
	expect(t, "kept", len(read.samples), mostSamples)
	expect(t, "the second sample that is kept", read.samples[1]["metric"], any("many"))
	expect(t, "dropped", read.end.DroppedSamples, 1+10)
}

// What is no number would make a line that is no JSON, or a figure that is none.
func TestWhatIsNoNumber(t *testing.T) {
	b := newBench(t, `{"samples":["single"],"limits":[{"metric":"trend","values":[10]}]}`).start()
	for _, value := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 1} {
		for name, kind := range map[string]metrics.MetricType{
			"trend": metrics.Trend, "gauge": metrics.Gauge, "counter": metrics.Counter, "single": metrics.Gauge,
		} {
			b.add(b.metric(name, kind), value)
		}
	}
	read := b.end()
	expect(t, "left out", read.end.DroppedSamples, 4)
	expect(t, "single samples", len(read.samples), 4)
	got := read.of(t, "trend")
	expect(t, "samples", got.count, 4)
	expect(t, "beyond the limit", got.beyond[0].atOrAbove, 2)
	expect(t, "largest", got.max, mostValue)
	expect(t, "smallest", read.of(t, "gauge").min, -mostValue)
	expect(t, "in the bucket of 0", got.buckets[0], 0)
}
