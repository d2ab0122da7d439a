package recorder

import (
	"strings"
	"sync"
	"testing"
	"time"

	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
)

var _ interface {
	output.WithTestRunStop
	output.WithThresholds
	output.WithStopWithTestError
} = (*Recorder)(nil)

// The only test with the goroutine, and with the true time.
func TestRecorderAsK6UsesIt(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["user"]}}`)
	b.now = steadyClock()
	b.time = time.Now()
	must(t, b.Start())
	it := b.metric("it", metrics.Counter)
	const users, each = 4, 2500
	var all sync.WaitGroup
	for user := range users {
		sample := b.sample(it, 1, "user", string(rune('a'+user)))
		all.Go(func() {
			for range each {
				b.AddMetricSamples([]metrics.SampleContainer{sample})
			}
		})
	}
	all.Wait()
	// Nothing waits for a flush: what was handed over before the end is in the record.
	must(t, b.Stop())
	read := b.read()
	expect(t, "samples", read.of(t, "it").sum, users*each)
	expect(t, "of one user", read.of(t, "it", "user", "c").count, each)
}

func TestEmptyRunIsWhole(t *testing.T) {
	b := newBench(t, "").start()
	b.time = b.time.Add(40 * time.Millisecond)
	read := b.end()
	expect(t, "begins", string(read.start["atMs"]), "1764273600000")
	expect(t, "periods", len(read.periods), 1)
	expect(t, "its beginning", read.periods[0].FromMs, 1_764_273_600_000)
	expect(t, "its end", read.periods[0].ToMs, 1_764_273_600_040)
	expect(t, "ends", read.end.AtMs, 1_764_273_600_040)
}

// Somebody may set the machine's clock: the record's goes on.
func TestClockGoesOnEvenly(t *testing.T) {
	now := steadyClock()
	first := now()
	if second := now(); second.Before(first) || second.UnixMilli() < first.UnixMilli() {
		t.Errorf("%v after %v", second, first)
	}
	if !strings.Contains(first.String(), "m=") {
		t.Errorf("%v has no steady part", first)
	}
}

// k6 hands the same containers to all outputs.
func TestSamplesStayAsTheyAre(t *testing.T) {
	b := newBench(t, "").start()
	shared := metrics.Samples{b.sample(b.metric("it", metrics.Trend), 1e301)}
	b.AddMetricSamples([]metrics.SampleContainer{shared})
	b.end()
	expect(t, "the value", shared[0].Value, 1e301)
}
