package recorder

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

// scriptThreshold is one expression of the script's thresholds, as the record has it.
type scriptThreshold struct {
	Metric         string `json:"metric"`
	Source         string `json:"source"`
	AbortOnFail    bool   `json:"abortOnFail"`
	DelayAbortEval string `json:"delayAbortEval,omitempty"`
}

// thresholdsOf are those of the consolidated options: by metric, since k6 keeps no order of these.
func thresholdsOf(options lib.Options) []scriptThreshold {
	var all []scriptThreshold
	for _, metric := range slices.Sorted(maps.Keys(options.Thresholds)) {
		for _, each := range options.Thresholds[metric].Thresholds {
			found := scriptThreshold{Metric: metric, Source: each.Source, AbortOnFail: each.AbortOnFail}
			if each.AbortGracePeriod.Valid {
				found.DelayAbortEval = each.AbortGracePeriod.String()
			}
			all = append(all, found)
		}
	}
	return all
}

// limitsOfThresholds keep the samples that thresholds look at apart from others, and count what a histogram cannot tell.
func limitsOfThresholds(options lib.Options) []limit {
	var all []limit
	for _, name := range slices.Sorted(maps.Keys(options.Thresholds)) {
		metric, tags, ok := selectionOf(name)
		expressions := options.Thresholds[name].Thresholds
		if !ok || len(expressions) == 0 {
			continue
		}
		found := limit{Metric: metric, Tags: tags, isOfScript: true}
		for _, each := range expressions {
			found.Values = append(found.Values, bordersOf(each.Source)...)
		}
		all = append(all, found)
	}
	return all
}

// selectionOf takes the name of a sub-metric apart as k6 does: `http_req_duration{name:a, status:200}`.
func selectionOf(name string) (metric string, tags map[string]string, ok bool) {
	metric, selector, hasTags := strings.Cut(name, "{")
	if !hasTags {
		return metric, nil, true
	}
	selector, ok = strings.CutSuffix(selector, "}")
	if !ok {
		return "", nil, false
	}
	parent, err := metrics.NewRegistry().NewMetric(metric, metrics.Trend)
	if err != nil {
		return "", nil, false
	}
	found, err := parent.AddSubmetric(selector)
	if err != nil {
		return "", nil, false
	}
	return metric, found.Tags.Map(), true
}

// SetThresholds takes those that k6 judges: what it finds stands in them when the run is over. It hands them over as well
// where it is told not to judge.
func (r *Recorder) SetThresholds(thresholds map[string]metrics.Thresholds) {
	if r.judgesThresholds {
		r.judging = thresholds
	}
}

// judgedThreshold is what k6 made of an expression, where that can be told.
type judgedThreshold struct {
	Metric string `json:"metric"`
	Source string `json:"source"`
	Failed *bool  `json:"failed,omitempty"`
}

// judged is empty where k6 judged nothing: it looks at its thresholds only when the test was begun.
func (r *Recorder) judged() []judgedThreshold {
	if r.startedAt.IsZero() {
		return nil
	}
	spellings := spellingsOf(r.judging)
	var all []judgedThreshold
	for _, metric := range slices.Sorted(maps.Keys(r.judging)) {
		for _, each := range r.judging[metric].Thresholds {
			found := judgedThreshold{Metric: metric, Source: each.Source}
			// Of two spellings of one sub-metric k6 judges one, and nobody knows which.
			if each.LastFailed || spellings[selectionKey(metric)] == 1 {
				found.Failed = &each.LastFailed
			}
			all = append(all, found)
		}
	}
	return all
}

func spellingsOf(thresholds map[string]metrics.Thresholds) map[string]int {
	spellings := map[string]int{}
	for name := range thresholds {
		spellings[selectionKey(name)]++
	}
	return spellings
}

func selectionKey(name string) string {
	metric, tags, ok := selectionOf(name)
	if !ok {
		return name
	}
	return keyOf(metric, tags)
}

// isAbortedByThreshold tells whether k6 ended the run by a threshold. It judges all of them once more after that, and the
// one that ended the run may hold by then.
func isAbortedByThreshold(testErr error) bool {
	var reason errext.HasAbortReason
	return errors.As(testErr, &reason) && reason.AbortReason() == errext.AbortedByThreshold
}
