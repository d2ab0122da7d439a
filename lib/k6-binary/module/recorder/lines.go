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
		Type    string                     `json:"type"`
		Format  int                        `json:"format"`
		AtMs    int64                      `json:"atMs"`
		Options map[string]json.RawMessage `json:"options"`
		Test    json.RawMessage            `json:"test,omitempty"`
	}{"start", formatVersion, at.UnixMilli(), read.noted, read.test})
}

// endLine says that nothing is missing but what it names.
func (r *Recorder) endLine() []byte {
	type name struct {
		Name string `json:"name"`
	}
	var stoppedBy *name
	if r.stoppedBy != nil {
		stoppedBy = &name{r.stoppedBy.Name}
	}
	return jsonLine(struct {
		Type           string `json:"type"`
		AtMs           int64  `json:"atMs"`
		StoppedBy      *name  `json:"stoppedBy,omitempty"`
		FoldedRows     int    `json:"foldedRows,omitempty"`
		DroppedSamples int    `json:"droppedSamples,omitempty"`
		DroppedTexts   int    `json:"droppedTexts,omitempty"`
	}{"end", r.now().UnixMilli(), stoppedBy, len(r.book.foldedRows), r.samples.dropped, r.book.texts.dropped})
}

// sampleLines are the samples that are kept one by one.
type sampleLines struct {
	waiting []byte
	kept    int
	dropped int
}

const mostSamples = 200_000

func (s *sampleLines) add(sample metrics.Sample) {
	if s.kept >= mostSamples {
		s.dropped++
		return
	}
	s.kept++
	s.waiting = append(s.waiting, jsonLine(struct {
		Type     string            `json:"type"`
		Metric   string            `json:"metric"`
		AtMs     float64           `json:"atMs"`
		Value    float64           `json:"value"`
		Tags     map[string]string `json:"tags,omitempty"`
		Metadata map[string]string `json:"metadata,omitempty"`
	}{"sample", sample.Metric.Name, float64(sample.Time.UnixMicro()) / 1000, sample.Value, sample.Tags.Map(), sample.Metadata})...)
}
