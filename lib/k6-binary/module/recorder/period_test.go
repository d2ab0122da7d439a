package recorder

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"go.k6.io/k6/v2/metrics"
)

func TestPeriodsDoubleWithTheSizeOfTheRecord(t *testing.T) {
	now := firstPeriod(time.UnixMilli(0))
	var seconds []float64
	for range 8 {
		seconds = append(seconds, now.to.Sub(now.from).Seconds())
		now = now.next(60, 100)
	}
	expect(t, "lengths", fmt.Sprint(seconds), "[1 1 2 2 4 4 8 8]")
	expect(t, "the end of all", now.from.UnixMilli(), 30_000)
}

// Four hours at 200 rows with 60 requests a second each: the record stays small, and memory flat. A tenth of the rows is
// recorded, in periods that stretch with a tenth of the size: so every period is as long as it would be.
func TestLongRun(t *testing.T) {
	const rows, share, perSecond, hours = 200, 10, 60, 4
	b := newBench(t, `{"tags":{"*":["endpoint","status"]},"limits":[{"metric":"http_req_duration","values":[150]}]}`).start()
	b.config.stretchBytes = usualStretchBytes / share
	var requests []metrics.Sample
	for i := range rows / share {
		requests = append(requests, b.sample(b.builtin.HTTPReqDuration, 0, "endpoint", fmt.Sprint(i), "status", "200"))
	}
	random := rand.New(rand.NewPCG(21, 34))
	values := make([]float64, 1<<16)
	for i := range values {
		values[i] = 100 * math.Exp(0.4*random.NormFloat64())
	}
	start := b.time
	var early, late uint64
	var total, buckets, lines float64
	for second := range hours * 3600 {
		for i := range requests {
			each := requests[i]
			each.Time = b.time
			for range perSecond {
				each.Value = values[random.IntN(len(values))]
				b.takeSample(&each)
				total++
			}
		}
		b.time = start.Add(time.Duration(second+1) * time.Second)
		if !b.time.Before(b.period.to) {
			for _, each := range b.book.active {
				buckets += float64(len(each.buckets))
				lines++
			}
			b.flush()
		}
		if second == hours*3600/4 {
			early = heap()
		}
	}
	late = heap()
	info, err := os.Stat(b.path)
	must(t, err)
	read := b.end()
	expect(t, "requests", read.of(t, "http_req_duration").count, total)
	size := info.Size() * share
	t.Logf("%d MB, %d periods, the last one of %d s, %.0f buckets a row in a period, %d bytes of memory after an hour, %d at the end",
		size>>20, len(read.periods), int(b.period.length.Seconds()), buckets/lines, early, late)
	if size > 100<<20 {
		t.Errorf("the record has %d MB", size>>20)
	}
	if buckets/lines < 55 {
		t.Errorf("only %v buckets a row", buckets/lines)
	}
	if late > early+1<<20 {
		t.Errorf("memory grew from %d to %d bytes", early, late)
	}
}

func heap() uint64 {
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}

// The machine slept: what came in before and after is told apart, and nothing is lost.
func TestFlushThatIsLateByManyPeriods(t *testing.T) {
	b := newBench(t, "").start()
	it := b.metric("it", metrics.Counter)
	b.add(it, 1)
	b.time = b.time.Add(time.Hour)
	b.add(it, 2)
	b.flush()
	read := b.end()
	expect(t, "in all", read.of(t, "it").sum, 3)
	last := record{series: read.series, periods: read.periods[len(read.periods)-1:]}
	expect(t, "of the last one", last.of(t, "it").sum, 2)
	for _, period := range read.periods {
		if period.ToMs-period.FromMs > 1000 {
			t.Fatalf("a period of %d ms", period.ToMs-period.FromMs)
		}
	}
}
