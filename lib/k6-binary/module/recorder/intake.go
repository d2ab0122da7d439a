package recorder

import (
	"math"
	"slices"
	"time"

	"go.k6.io/k6/v2/lib/netext/httpext"
	"go.k6.io/k6/v2/metrics"
)

// mostValue stands for all beyond it: a script can add Infinity to a metric, and JSON has no word for it.
const mostValue = 1e300

// takeUntil takes what belongs to the period that is over. It returns the rest.
func (r *Recorder) takeUntil(end time.Time, containers []metrics.SampleContainer) []metrics.SampleContainer {
	var later []metrics.SampleContainer
	for _, container := range containers {
		if connected, ok := container.(metrics.ConnectedSampleContainer); ok {
			if connected.GetTime().Before(end) {
				r.take(container)
			} else {
				later = append(later, container)
			}
			continue
		}
		later = r.takeEachUntil(end, container.GetSamples(), later)
	}
	return later
}

// takeEachUntil is for samples that have nothing in common.
func (r *Recorder) takeEachUntil(
	end time.Time, samples []metrics.Sample, later []metrics.SampleContainer,
) []metrics.SampleContainer {
	for i := range samples {
		if samples[i].Time.Before(end) {
			r.takeSample(&samples[i])
		} else {
			later = append(later, samples[i])
		}
	}
	return later
}

func (r *Recorder) take(container metrics.SampleContainer) {
	samples := container.GetSamples()
	if trail, ok := container.(*httpext.Trail); ok {
		r.takeRequest(trail)
		return
	}
	for i := range samples {
		r.takeSample(&samples[i])
	}
}

// takeRequest keeps one of the nine or ten samples that k6 has of each request: the others are its parts, or follow. Those
// to which a limit is set are kept as well.
func (r *Recorder) takeRequest(trail *httpext.Trail) {
	for i := range trail.Samples {
		sample := &trail.Samples[i]
		switch name := sample.Metric.Name; {
		case name == metrics.HTTPReqDurationName:
			if taken := r.takeSample(sample); taken != nil && taken.isHostUnknown {
				r.book.hosts.reach(trail.ConnRemoteAddr)
			}
			if len(r.parts) == 0 {
				return
			}
		case len(r.parts) > 0 && slices.Contains(r.parts, name):
			r.takeSample(sample)
		}
	}
}

// takeSample returns the series that a sample was added to, if any.
func (r *Recorder) takeSample(sample *metrics.Sample) *series {
	name := sample.Metric.Name
	if r.startedAt.IsZero() && !slices.Contains(ofNoPart, name) {
		r.startedAt = sample.Time
	}
	switch value := sample.Value; {
	case r.config.skips(name):
	case math.IsNaN(value):
		// k6 refuses it itself; other extensions may not.
		r.samples.dropped++
	case r.config.keepsSamples(name):
		r.samples.add(sample, clamped(value), r.onOurClock(sample.Time))
	default:
		found := r.book.series(sample.TimeSeries)
		found.add(clamped(value))
		if found.isOfLoad {
			r.load.see(name, value, r.onOurClock(sample.Time))
		} else if r.config.Rows && !slices.Contains(ofNoPart, name) {
			r.aside.see(name, value, r.onOurClock(sample.Time))
		}
		return found
	}
	return nil
}

// onOurClock is a time of a sample, should the machine's clock have been set meanwhile.
func (r *Recorder) onOurClock(at time.Time) time.Time { return r.origin.Add(at.Sub(r.origin)) }

func clamped(value float64) float64 { return math.Max(-mostValue, math.Min(mostValue, value)) }
