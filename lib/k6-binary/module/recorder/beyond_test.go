package recorder

import (
	"math"
	"math/rand/v2"
	"testing"

	"go.k6.io/k6/v2/metrics"
)

// A limit is decided as k6 decides it, however near the samples are.
func TestPercentileIsBelowTheLimitAsForK6(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	const limit = 500.0
	below := 0
	draws := map[string]func() float64{
		"far":           func() float64 { return random.Float64() * 600 },
		"with ties":     func() float64 { return float64(490 + 5*random.IntN(4)) },
		"within 1 %":    func() float64 { return limit * (0.99 + 0.02*random.Float64()) },
		"at the limit":  func() float64 { return [...]float64{1, limit, 499.99999999999994, 500.00000000000006}[random.IntN(4)] },
		"mostly below":  func() float64 { return limit * (0.9 + 0.105*random.Float64()) },
		"one, and rest": func() float64 { return [...]float64{limit, 1}[min(1, random.IntN(20))] },
	}
	for name, draw := range draws {
		for count := 1; count <= 300; count++ {
			for range 5 {
				counted := newBeyond([]float64{limit})
				sink := metrics.NewTrendSink()
				for range count {
					value := draw()
					counted[0].add(value)
					sink.Add(metrics.Sample{Value: value})
				}
				want := sink.P(0.95) < limit
				if got := counted[0].isPercentileBelow(0.95, uint64(count)); got != want {
					t.Fatalf("%s, %d samples: below is %v, k6's p95 is %v", name, count, got, sink.P(0.95))
				}
				if want {
					below++
				}
			}
		}
	}
	if below < 1000 || below > 8000 {
		t.Errorf("of 9000 draws %d are below: the test holds only one side", below)
	}
}

func TestBeyondAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 13))
	whole, first, second := newBeyond([]float64{10}), newBeyond([]float64{10}), newBeyond([]float64{10})
	for i := range 1000 {
		value := float64(random.IntN(21))
		whole[0].add(value)
		[]*beyond{&first[0], &second[0]}[i%2].add(value)
	}
	first[0].addAll(second[0])
	expect(t, "both parts", first[0], whole[0])
}

func TestWhatIsMissingIsNull(t *testing.T) {
	one := newBeyond([]float64{10})[0]
	expect(t, "nothing", string(one.appendTo(nil)), "[0,null,null]")
	one.add(10)
	expect(t, "at the limit", string(one.appendTo(nil)), "[1,null,10]")
	one.add(math.Nextafter(10, 0))
	expect(t, "on both sides", string(one.appendTo(nil)), "[1,9.999999999999998,10]")
}
