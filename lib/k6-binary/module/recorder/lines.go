package recorder

import (
	"encoding/json"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// formatVersion is raised when a reader of an older version would misread the record.
const formatVersion = 1

func startLine(read config, at time.Time) []byte {
	return jsonLine(struct {
		Type       string                     `json:"type"`
		Format     int                        `json:"format"`
		AtMs       int64                      `json:"atMs"`
		Options    map[string]json.RawMessage `json:"options"`
		Test       json.RawMessage            `json:"test,omitempty"`
		Thresholds []scriptThreshold          `json:"thresholds,omitempty"`
	}{"start", formatVersion, at.UnixMilli(), read.noted, read.test, read.thresholds})
}

// endLine says that nothing is missing but what it names. Why k6 ended early is not among it: that text is the script's,
// and may hold anything.
func (r *Recorder) endLine(at time.Time) []byte {
	type name struct {
		Name string `json:"name"`
	}
	var stoppedBy *name
	if r.stoppedBy != nil {
		stoppedBy = &name{r.stoppedBy.Name}
	}
	run := r.load.with(r.aside)
	return jsonLine(struct {
		Type               string            `json:"type"`
		AtMs               int64             `json:"atMs"`
		RunStartedAtMs     float64           `json:"runStartedAtMs,omitempty"`
		RunEndedAtMs       float64           `json:"runEndedAtMs,omitempty"`
		LoadStartedAtMs    float64           `json:"loadStartedAtMs,omitempty"`
		LoadEndedAtMs      float64           `json:"loadEndedAtMs,omitempty"`
		StoppedBy          *name             `json:"stoppedBy,omitempty"`
		Judged             []judgedThreshold `json:"judged,omitempty"`
		AbortedByThreshold bool              `json:"abortedByThreshold,omitempty"`
		HostsUnknown       bool              `json:"hostsUnknown,omitempty"`
		FoldedRows         int               `json:"foldedRows,omitempty"`
		DroppedSamples     int               `json:"droppedSamples,omitempty"`
		DroppedTexts       int               `json:"droppedTexts,omitempty"`
		DroppedHosts       int               `json:"droppedHosts,omitempty"`
		DroppedAddresses   int               `json:"droppedAddresses,omitempty"`
	}{
		"end", at.UnixMilli(), millis(run.from), millis(run.to), millis(r.load.from), millis(r.load.to), stoppedBy, r.judged(), r.isAbortedByThreshold, r.book.hosts.isUnknown,
		len(r.book.rows.folded), r.samples.dropped, r.book.texts.dropped,
		len(r.book.hosts.names.dropped), len(r.book.hosts.addresses.dropped),
	})
}

// millis are those of Unix, to the microsecond; none where nothing happened.
func millis(at time.Time) float64 {
	if at.IsZero() {
		return 0
	}
	return float64(at.UnixMicro()) / 1000
}

// sampleLines are the samples that are kept one by one.
type sampleLines struct {
	waiting []byte
	kept    int
	bytes   int
	dropped int
}

const (
	mostSamples = 200_000
	// What a script adds to a sample may be of any size.
	mostBytesOfSamples = 64 << 20
)

func (s *sampleLines) add(sample *metrics.Sample, value float64, at time.Time) {
	if s.kept >= mostSamples {
		s.dropped++
		return
	}
	line := sampleLine(sample, value, at)
	if line == nil || s.bytes+len(line) > mostBytesOfSamples {
		s.dropped++
		return
	}
	s.kept++
	s.bytes += len(line)
	s.waiting = append(s.waiting, line...)
}

func sampleLine(sample *metrics.Sample, value float64, at time.Time) []byte {
	var tags map[string]string
	if sample.Tags != nil {
		tags = sample.Tags.Map()
	}
	return jsonLine(struct {
		Type     string            `json:"type"`
		Metric   string            `json:"metric"`
		AtMs     float64           `json:"atMs"`
		Value    float64           `json:"value"`
		Tags     map[string]string `json:"tags,omitempty"`
		Metadata map[string]string `json:"metadata,omitempty"`
	}{"sample", sample.Metric.Name, millis(at), value, tags, sample.Metadata})
}
