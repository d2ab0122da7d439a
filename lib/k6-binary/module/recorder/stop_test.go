package recorder

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/metrics"
)

// stopping is a run with one limit that ends it.
func stopping(t *testing.T, metric, aggregate, operator string, limit, after float64) (*bench, *[]error) {
	b := newBench(t, fmt.Sprintf(`{"tags":{"*":[]},"stops":[{"name":"the limit","metric":%q,"tags":{"step":"3"},
		"aggregate":%q,"operator":%q,"limit":%v,"afterSeconds":%v}]}`, metric, aggregate, operator, limit, after)).start()
	ended := &[]error{}
	b.SetTestRunStopCallback(func(err error) { *ended = append(*ended, err) })
	return b, ended
}

func TestLimitEndsTheRunOnce(t *testing.T) {
	b, ended := stopping(t, "wait", "p95", "<", 100, 0)
	wait := b.metric("wait", metrics.Trend)
	b.add(wait, 99, "step", "3")
	b.add(wait, 500, "step", "4")
	b.pass(3 * time.Second)
	expect(t, "ends before the limit is crossed", len(*ended), 0)

	b.add(wait, 101, "step", "3")
	b.pass(1500 * time.Millisecond)
	expect(t, "ends", len(*ended), 1)
	b.pass(3 * time.Second)
	expect(t, "ends later", len(*ended), 1)

	var code errext.HasExitCode
	var reason errext.HasAbortReason
	if !errors.As((*ended)[0], &code) || !errors.As((*ended)[0], &reason) {
		t.Fatalf("no exit code or reason: %v", (*ended)[0])
	}
	expect(t, "exit code", code.ExitCode(), exitcodes.ThresholdsHaveFailed)
	expect(t, "exit code", int(code.ExitCode()), 99)
	expect(t, "reason", reason.AbortReason(), errext.AbortedByThreshold)
	expect(t, "stoppedBy", b.end().end.StoppedBy.Name, "the limit")
}

func TestAggregatesOfStops(t *testing.T) {
	for _, each := range []struct {
		kind      metrics.MetricType
		aggregate string
		operator  string
		limit     float64
		values    []float64
		ends      bool
	}{
		{metrics.Trend, "p95", "<", 100, []float64{100}, true},
		{metrics.Trend, "p95", "<=", 100, []float64{100}, false},
		{metrics.Trend, "p95", "<=", 100, []float64{100.00000000000001}, true},
		{metrics.Trend, "p95", "<", 100, []float64{99.99}, false},
		{metrics.Trend, "p50", "<", 100, []float64{99, 99, 500}, false},
		{metrics.Trend, "p50", "<", 100, []float64{99, 100, 100}, true},
		{metrics.Trend, "p95", "<", 100, []float64{1, 1, 1, 500}, true},
		{metrics.Trend, "p99", "<", 100, []float64{99, 99.5, 99.9}, false},
		{metrics.Trend, "p99", "<", 100, []float64{99, 99.5, 101}, true},
		{metrics.Trend, "max", "<", 100, []float64{1, 99.99, 1}, false},
		{metrics.Trend, "max", "<", 100, []float64{1, 100, 1}, true},
		{metrics.Trend, "mean", "<", 100, []float64{0, 0, 299}, false},
		{metrics.Trend, "mean", "<", 100, []float64{0, 0, 300}, true},
		{metrics.Rate, "rate", ">=", 0.75, []float64{1, 1, 1, 0}, false},
		{metrics.Rate, "rate", ">=", 0.75, []float64{1, 1, 0}, true},
		{metrics.Rate, "rate", "<", 0.25, []float64{1, 0, 0, 0}, true},
		{metrics.Rate, "rate", "<=", 0.25, []float64{1, 0, 0, 0}, false},
		{metrics.Rate, "rate", "<=", 0.25, []float64{1, 0, 1, 0}, true},
		{metrics.Counter, "count", "<", 3, []float64{2, 1}, true},
		{metrics.Counter, "count", "<=", 3, []float64{2, 1}, false},
		{metrics.Counter, "count", "<=", 3, []float64{2, 2}, true},
		// Requests are samples of a trend: it is they that are counted.
		{metrics.Trend, "count", "<", 3, []float64{400, 500}, false},
		{metrics.Trend, "count", "<", 3, []float64{0, 0, 0}, true},
	} {
		b, ended := stopping(t, "it", each.aggregate, each.operator, each.limit, 0)
		for _, value := range each.values {
			b.add(b.metric("it", each.kind), value, "step", "3")
		}
		b.pass(1500 * time.Millisecond)
		if got := len(*ended) == 1; got != each.ends {
			t.Errorf("%v: ends is %v", each, got)
		}
	}
}

func TestStopForAnotherKindOfMetricHolds(t *testing.T) {
	for kind, ends := range map[string]int{"counter": 0, "trend": 1} {
		b := newBench(t, fmt.Sprintf(`{"tags":{"*":[]},"stops":[{"name":"n","metric":"it","kind":%q,"aggregate":"count","operator":"<=","limit":1}]}`, kind)).start()
		ended := 0
		b.SetTestRunStopCallback(func(error) { ended++ })
		b.add(b.metric("it", metrics.Trend), 7)
		b.add(b.metric("it", metrics.Trend), 7)
		b.pass(1500 * time.Millisecond)
		expect(t, "ends for "+kind, ended, ends)
	}
}

func TestStopWaitsFromTheFirstSampleOfTheScript(t *testing.T) {
	b, ended := stopping(t, "errors", "count", "<", 1, 30)
	for range 60 {
		b.add(b.builtin.VUs, 5)
		b.add(b.builtin.VUsMax, 5)
		b.pass(time.Second)
	}
	b.add(b.metric("errors", metrics.Counter), 1, "step", "3")
	b.pass(29 * time.Second)
	expect(t, "ends after 29 s", len(*ended), 0)
	b.pass(2 * time.Second)
	expect(t, "ends after 31 s", len(*ended), 1)
}

func TestNothingMeasuredHolds(t *testing.T) {
	for _, aggregate := range []string{"p95", "max", "mean", "rate", "count"} {
		b, ended := stopping(t, "it", aggregate, "<", -1, 0)
		b.add(b.metric("another", metrics.Counter), 1)
		b.pass(3 * time.Second)
		expect(t, "ends", len(*ended), 0)
	}
}

// Its figures are of the whole run, in periods of any length.
func TestStopLooksAtAllPeriods(t *testing.T) {
	b, ended := stopping(t, "it", "count", "<", 10, 0)
	b.config.stretchBytes = 100
	counter := b.metric("it", metrics.Counter)
	for range 9 {
		b.add(counter, 1, "step", "3")
		b.pass(3 * time.Second)
	}
	expect(t, "ends", len(*ended), 0)
	b.add(counter, 1, "step", "3")
	b.pass(1200 * time.Millisecond)
	expect(t, "ends", len(*ended), 1)
}

func TestTagsOfALimitAreKept(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["phase"]},"limits":[{"metric":"http_req_duration","tags":{"expected_response":"true"},"values":[5]}]}`).start()
	b.AddMetricSamples([]metrics.SampleContainer{
		b.request(9*time.Millisecond, "expected_response", "true", "phase", "load", "url", "u"),
		b.request(9*time.Millisecond, "expected_response", "false", "phase", "load"),
	})
	got := b.end().of(t, "http_req_duration", "phase", "load", "expected_response", "true")
	expect(t, "requests", got.count, 1)
	expect(t, "beyond", got.beyond[0], beyond{limit: 5, atOrAbove: 1, below: got.beyond[0].below, notSmaller: 9})
	expect(t, "usual tags stay as they are", len(usualTags), 2)
}
