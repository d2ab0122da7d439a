package recorder

import (
	"math"
	"strconv"
	"strings"
)

// operators are those of k6's thresholds, in the order in which it looks for them: the first one that is found is meant.
var operators = [...]string{"<=", "<", ">=", ">", "===", "==", "!="}

// bordersOf are the values that decide a threshold on a percentile: it holds or not by whether the percentile is below
// them. There are none for what the record has exactly: the sum, the count, the least and the greatest sample.
func bordersOf(source string) []float64 {
	for _, operator := range operators {
		aggregate, text, _ := strings.Cut(source, operator)
		if text == "" {
			continue
		}
		value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || math.IsNaN(value) || math.Abs(value) > mostValue || !isPercentile(strings.TrimSpace(aggregate)) {
			return nil
		}
		next := math.Nextafter(value, math.Inf(1))
		switch operator {
		case "<", ">=":
			return []float64{value}
		case "<=", ">":
			// At most a value is below the next number that there is.
			return []float64{next}
		default:
			return []float64{value, next}
		}
	}
	return nil
}

func isPercentile(aggregate string) bool {
	return aggregate == "med" || strings.HasPrefix(aggregate, "p(") && strings.HasSuffix(aggregate, ")")
}
