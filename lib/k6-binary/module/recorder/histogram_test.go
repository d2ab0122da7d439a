package recorder

import (
	"math"
	"math/rand/v2"
	"testing"
)

// boundsOf are the values that a bucket begins with and ends before.
func boundsOf(key uint32) (float64, float64) {
	return math.Float64frombits(uint64(key) << bucketShift), math.Float64frombits(uint64(key+1) << bucketShift)
}

func TestMiddleOfABucketIsNear(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	check := func(value float64) {
		low, high := boundsOf(bucketOf(value))
		if value < low || value >= high {
			t.Fatalf("%v is not in its bucket from %v to %v", value, low, high)
		}
		if off := math.Abs((low+high)/2-value) / value; off > 0.004 {
			t.Fatalf("the bucket of %v is %v off", value, off)
		}
	}
	for value := 0.001; value <= 3_600_000; value *= 1.0007 {
		check(value)
		check(math.Nextafter(value, 0))
		check(value * (1 + random.Float64()))
	}
	for power := -10; power < 22; power++ {
		edge := math.Ldexp(1, power)
		check(edge)
		check(math.Nextafter(edge, 0))
		check(math.Nextafter(edge, math.Inf(1)))
	}
}

func TestKeysRiseWithValues(t *testing.T) {
	var before uint32
	for value := 0.0; value <= 3_600_000; value = value*1.0003 + 1e-7 {
		key := bucketOf(value)
		if key < before {
			t.Fatalf("%v has key %d after %d", value, key, before)
		}
		before = key
		if negative := bucketOf(-value); value > 0 && negative != key|1<<18 {
			t.Fatalf("-%v has key %d, want %d", value, negative, key|1<<18)
		}
	}
}

func TestKeysOfTheFormat(t *testing.T) {
	for _, each := range []struct {
		value float64
		key   uint32
	}{
		{0, 0},
		{math.Copysign(0, -1), 0},
		{math.NaN(), 0},
		{math.Inf(1), 0},
		{math.Inf(-1), 0},
		// 1 is 0x3ff0..., 2 is 0x4000...: sign and exponent are twelve bits, and seven of the mantissa follow.
		{1, 0x3ff << 7},
		{1.5, 0x3ff<<7 + 64},
		{2, 0x400 << 7},
		{-2, 0xc00 << 7},
	} {
		expect(t, "the key", bucketOf(each.value), each.key)
	}
}

func TestBucketsAreWrittenAsSteps(t *testing.T) {
	text := histogram{7: 2, 10: 1, 262145: 5}.appendTo(nil)
	expect(t, "buckets", string(text), "[7,2,3,1,262135,5]")
	expect(t, "no buckets", string(histogram{}.appendTo(nil)), "[]")
}
