package recorder

import (
	"math"
	"slices"
	"strconv"
)

// bucketShift leaves sign, exponent and the first seven bits of the mantissa of a double: a bucket is 1/128 of a power of
// two wide, so that its middle is at most 0.4 % beside any value in it.
const bucketShift = 45

// bucketOf is the key of the bucket that a value falls into.
func bucketOf(value float64) uint32 {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0
	}
	return uint32(math.Float64bits(value) >> bucketShift)
}

// histogram counts values by bucket. Empty buckets take no room.
type histogram map[uint32]uint32

// appendTo writes keys and counts in turn, each key as the distance from the one before.
func (h histogram) appendTo(text []byte) []byte {
	keys := make([]uint32, 0, len(h))
	for key := range h {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	text = append(text, '[')
	var before uint32
	for i, key := range keys {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendUint(text, uint64(key-before), 10)
		text = append(text, ',')
		text = strconv.AppendUint(text, uint64(h[key]), 10)
		before = key
	}
	return append(text, ']')
}
