package recorder

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.k6.io/k6/v2/metrics"
)

func TestRowsFoldBeyondTheMost(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["phase","endpoint","status"]},
		"limits":[{"metric":"it","tags":{"endpoint":"watched"},"values":[3]},{"metric":"it","tags":{"phase":"load"},"values":[4]}]}`).start()
	b.config.MostRows = 10
	b.book = newBook(b.config)
	it := b.metric("it", metrics.Trend)
	for i := range 100 {
		for _, status := range []string{"200", "500"} {
			b.add(it, 5, "phase", "load", "endpoint", fmt.Sprint(i), "status", status)
		}
	}
	b.add(it, 5, "phase", "load", "endpoint", "watched", "status", "200")
	b.add(it, 5, "phase", "load", "endpoint", "3", "status", "404")
	b.add(it, 5, "phase", "baseline", "endpoint", "late", "status", "200")
	read := b.end()

	expect(t, "in all", read.of(t, "it").count, 203)
	expect(t, "folded", read.of(t, "it", "more", "true").count, 181)
	expect(t, "folded by status", read.of(t, "it", "more", "true", "status", "500").count, 90)
	expect(t, "folded by phase", read.of(t, "it", "more", "true", "phase", "baseline").count, 1)
	expect(t, "of the watched row", read.of(t, "it", "endpoint", "watched").count, 1)
	expect(t, "a new outcome of a known row", read.of(t, "it", "endpoint", "3", "status", "404").count, 1)
	expect(t, "folded rows", read.end.FoldedRows, 91)
	// A limit on all rows counts those that are folded, too.
	found := findBeyond(read.of(t, "it", "phase", "load").beyond, 4)
	expect(t, "beyond the limit of all", found.atOrAbove, 202)
}

func TestRowsOfAnotherMetricTakeNoRoom(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["a"]},"mostRows":3}`).start()
	for i := range 10 {
		b.add(b.metric("it", metrics.Counter), 1, "a", fmt.Sprint(i))
	}
	for i := range 3 {
		b.add(b.metric("checks", metrics.Rate), 1, "a", fmt.Sprint(i))
	}
	read := b.end()
	expect(t, "folded", read.of(t, "it", "more", "true").count, 7)
	expect(t, "folded checks", read.of(t, "checks", "more", "true").count, 0)
}

func TestWatchedRowsNeverFold(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["endpoint"]},"stops":[{"name":"n","metric":"it","aggregate":"count","operator":"<","limit":9,"tags":{"endpoint":"late"}}]}`).start()
	it := b.metric("it", metrics.Counter)
	for i := range usualMostRows*mostSeriesPerRow + 500 {
		b.add(it, 1, "endpoint", fmt.Sprint(i))
	}
	b.add(it, 1, "endpoint", "late")
	read := b.end()
	expect(t, "of the watched row", read.of(t, "it", "endpoint", "late").count, 1)
	expect(t, "series", len(read.series), usualMostRows+2)
	expect(t, "in all", read.of(t, "it").count, usualMostRows*mostSeriesPerRow+501)
}

// Outcomes that never repeat fold as well, and are not silent.
func TestOutcomesAreBounded(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["endpoint","status"]},"limits":[{"metric":"it","tags":{"endpoint":"1"},"values":[3]}]}`).start()
	b.config.MostRows = 5
	b.book = newBook(b.config)
	it := b.metric("it", metrics.Trend)
	for i := range 2000 {
		b.add(it, 5, "endpoint", fmt.Sprint(i%3), "status", fmt.Sprint(i))
	}
	read := b.end()
	if len(read.series) > 5*mostSeriesPerRow*3+4 {
		t.Errorf("%d series", len(read.series))
	}
	if read.end.FoldedRows == 0 {
		t.Error("nothing is said of folded rows")
	}
	expect(t, "in all", read.of(t, "it").count, 2000)
	expect(t, "of the watched row", findBeyond(read.of(t, "it", "endpoint", "1").beyond, 3).atOrAbove, 667)
}

// Every request with tags of its own: k6 keeps them all, the recorder does not.
func TestMemoryIsBoundedWhereTagsNeverRepeat(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["id"]}}`).start()
	it := b.metric("it", metrics.Trend)
	b.registry = metrics.NewRegistry()
	for i := range 130_000 {
		if i%1000 == 0 {
			// So that k6's own tree of tags can go.
			b.registry = metrics.NewRegistry()
			b.pass(100 * time.Millisecond)
		}
		b.add(it, 5, "id", fmt.Sprintf("%d-%s", i, strings.Repeat("x", 100)))
		if len(b.book.bySample) > mostPointers {
			t.Fatal("too many pointers")
		}
	}
	b.flush()
	expect(t, "series", len(b.book.all), usualMostRows+1)
	expect(t, "known rows", len(b.book.rows.known), usualMostRows)
	expect(t, "counted rows", len(b.book.rows.folded), mostFoldedCounted)
	b.registry = metrics.NewRegistry()
	b.book.bySample = nil
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	if memory.HeapAlloc > 60<<20 {
		t.Errorf("%d MB are kept", memory.HeapAlloc>>20)
	}
	expect(t, "in all", b.end().of(t, "it").count, 130_000)
}

func TestTagsAreToldApart(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["a","b"]}}`).start()
	it := b.metric("it", metrics.Counter)
	b.add(it, 1, "a", "x\x00b\x00y")
	b.add(it, 2, "a", "x", "b", "y")
	b.add(it, 4, "a", "x")
	b.add(it, 8, "b", "x")
	b.add(it, 16)
	read := b.end()
	expect(t, "series", len(read.series), 5)
	expect(t, "with NUL", read.of(t, "it", "a", "x\x00b\x00y").sum, 1)
	expect(t, "two tags", read.of(t, "it", "a", "x", "b", "y").sum, 2)
}

func TestKeysOfTagsAreUnique(t *testing.T) {
	random := rand.New(rand.NewPCG(34, 55))
	text := func() string {
		part := make([]byte, random.IntN(5))
		for i := range part {
			part[i] = "\x00:12ab"[random.IntN(6)]
		}
		return string(part)
	}
	known := map[string]string{}
	for range 200_000 {
		metric, tags := string("ab"[random.IntN(2)]), map[string]string{}
		for range random.IntN(4) {
			tags[text()] = text()
		}
		spelled := fmt.Sprintf("%q %q", metric, tags)
		key := keyOf(metric, tags)
		if other, ok := known[key]; ok && other != spelled {
			t.Fatalf("%s and %s have one key", other, spelled)
		}
		known[key] = spelled
	}
}

// Two series with the same tags would be one thing said twice.
func TestTagsThatAreNoText(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["a"]},"samples":["single"]}`).start()
	it := b.metric("it", metrics.Counter)
	b.add(it, 1, "a", "\xff\xfe")
	b.add(it, 2, "a", "\xfe")
	b.add(it, 4, "a", strings.Repeat("ä", 5000)+"1")
	b.add(it, 8, "a", strings.Repeat("ä", 5000)+"2")
	b.add(b.metric("single", metrics.Counter), 1, "a", "\xff")
	b.AddMetricSamples([]metrics.SampleContainer{metrics.Sample{TimeSeries: metrics.TimeSeries{Metric: it}, Time: b.time, Value: 16}})
	read := b.end()
	expect(t, "series", len(read.series), 3)
	expect(t, "no UTF-8", read.of(t, "it", "a", "\uFFFD").sum, 3)
	expect(t, "long", read.of(t, "it", "a", strings.Repeat("ä", 500)).sum, 12)
	expect(t, "in all", read.of(t, "it").sum, 31)
	expect(t, "single samples", len(read.samples), 1)
}
