package recorder

import (
	"math"
	"slices"
	"strconv"
)

// beyond counts exactly what a bucket cannot tell: which samples lie on which side of a limit, and the two values that
// are nearest to it. With them a percentile is above or below the limit as it is for the samples themselves.
type beyond struct {
	limit      float64
	atOrAbove  uint64
	below      float64 // the largest value below the limit; -Inf without one
	notSmaller float64 // the smallest value at or above it; +Inf without one
}

func newBeyond(limits []float64) []beyond {
	all := make([]beyond, 0, len(limits))
	for _, value := range limits {
		all = append(all, beyond{limit: value, below: math.Inf(-1), notSmaller: math.Inf(1)})
	}
	return all
}

func (b *beyond) add(value float64) {
	if value >= b.limit {
		b.atOrAbove++
		b.notSmaller = math.Min(b.notSmaller, value)
	} else {
		b.below = math.Max(b.below, value)
	}
}

func (b *beyond) addAll(other beyond) {
	b.atOrAbove += other.atOrAbove
	b.below = math.Max(b.below, other.below)
	b.notSmaller = math.Min(b.notSmaller, other.notSmaller)
}

// isPercentileBelow tells whether a percentile (0-1) of `count` samples is below the limit, as k6 works it out: between
// the two samples around its rank it interpolates (metrics.TrendSink.P).
func (b *beyond) isPercentileBelow(percentile float64, count uint64) bool {
	rank := percentile * (float64(count) - 1)
	firstAtOrAbove := float64(count - b.atOrAbove)
	switch {
	case math.Ceil(rank) < firstAtOrAbove:
		return true
	case math.Floor(rank) >= firstAtOrAbove:
		return false
	}
	share := rank - math.Floor(rank)
	return b.below+(b.notSmaller-b.below)*share < b.limit
}

func (b *beyond) appendTo(text []byte) []byte {
	text = append(text, '[')
	text = strconv.AppendUint(text, b.atOrAbove, 10)
	text = append(text, ',')
	text = appendNumber(text, b.below)
	text = append(text, ',')
	text = appendNumber(text, b.notSmaller)
	return append(text, ']')
}

// appendNumber writes null for what JSON has no number for.
func appendNumber(text []byte, value float64) []byte {
	if math.IsInf(value, 0) || math.IsNaN(value) {
		return append(text, "null"...)
	}
	return strconv.AppendFloat(text, value, 'g', -1, 64)
}

func findBeyond(all []beyond, limit float64) *beyond {
	i := slices.IndexFunc(all, func(each beyond) bool { return each.limit == limit })
	if i == -1 {
		return nil
	}
	return &all[i]
}
