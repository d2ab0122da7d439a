package recorder

import (
	"slices"
	"strings"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// loadWindow is when the load of a script began and ended: setup() and teardown() are no part of it.
type loadWindow struct {
	from, to time.Time
}

// timesOfWork are the metrics of k6 that say how long something took which ended at the time of the sample. Those of
// WebSockets have the time when the socket was opened, and a trend of the script can hold any time.
var timesOfWork = []string{
	metrics.IterationDurationName, metrics.GroupDurationName, metrics.HTTPReqDurationName, metrics.GRPCReqDurationName,
}

// ofNoPart are counts of users, which k6 takes from before setup() until after teardown().
var ofNoPart = []string{metrics.VUsName, metrics.VUsMaxName}

// with is from the earlier start to the later end.
func (w loadWindow) with(other loadWindow) loadWindow {
	if w.from.IsZero() {
		return other
	}
	if !other.from.IsZero() && other.from.Before(w.from) {
		w.from = other.from
	}
	if other.to.After(w.to) {
		w.to = other.to
	}
	return w
}

// see takes in a sample of the load, made at this time by our clock.
func (w *loadWindow) see(metric string, value float64, at time.Time) {
	began := at
	if slices.Contains(timesOfWork, metric) && value > 0 {
		began = at.Add(-time.Duration(value * float64(time.Millisecond)))
	}
	if w.from.IsZero() || began.Before(w.from) {
		w.from = began
	}
	if at.After(w.to) {
		w.to = at
	}
}

// isOfLoad tells the series of the load from those of setup() and teardown(): k6 names a scenario in the load alone. Where
// the script has taken that tag away, its group tells. The same is told of a record in part-of-script.ts.
func (c config) isOfLoad(metric string, tags map[string]string) bool {
	if !c.Rows || slices.Contains(ofNoPart, metric) {
		return false
	}
	if _, ok := tags["scenario"]; ok {
		return true
	}
	return !c.namesScenarios && !isInGroup(tags["group"], "::setup") && !isInGroup(tags["group"], "::teardown")
}

func isInGroup(group, outer string) bool {
	return strings.HasPrefix(group+"::", outer+"::")
}
