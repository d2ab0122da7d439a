package recorder

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/lib/netext/httpext"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
)

// bench is a recorder whose time stands still unless a test moves it.
type bench struct {
	*Recorder
	t        testing.TB
	path     string
	time     time.Time
	registry *metrics.Registry
	builtin  *metrics.BuiltinMetrics
}

// newBench makes one for a script whose configuration of the recorder is this JSON; empty for a script of somebody else.
func newBench(t testing.TB, configuration string) *bench {
	t.Helper()
	options := lib.Options{}
	if configuration != "" {
		own := fmt.Sprintf(`{"recorder":%s}`, configuration)
		options.External = map[string]json.RawMessage{extension: json.RawMessage(own)}
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	path := filepath.Join(t.TempDir(), "record.ndjson")
	made, err := New(output.Params{ConfigArgument: path, ScriptOptions: options, Logger: log})
	must(t, err)
	registry := metrics.NewRegistry()
	b := &bench{
		Recorder: made.(*Recorder),
		t:        t,
		path:     path,
		time:     time.UnixMilli(1_764_273_600_000),
		registry: registry,
		builtin:  metrics.RegisterBuiltinMetrics(registry),
	}
	b.now = func() time.Time { return b.time }
	return b
}

// start opens the record as Start does, but for the goroutine.
func (b *bench) start() *bench {
	b.t.Helper()
	b.begin()
	must(b.t, b.file.open(startLine(b.config, b.now())))
	b.t.Cleanup(func() { _ = b.file.file.Close() })
	return b
}

func (b *bench) metric(name string, kind metrics.MetricType) *metrics.Metric {
	return b.registry.MustNewMetric(name, kind)
}

func (b *bench) tags(pairs ...string) *metrics.TagSet {
	set := b.registry.RootTagSet()
	for i := 0; i < len(pairs); i += 2 {
		set = set.With(pairs[i], pairs[i+1])
	}
	return set
}

func (b *bench) sample(metric *metrics.Metric, value float64, pairs ...string) metrics.Sample {
	return metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: metric, Tags: b.tags(pairs...)}, Time: b.time, Value: value,
	}
}

func (b *bench) add(metric *metrics.Metric, value float64, pairs ...string) {
	b.AddMetricSamples([]metrics.SampleContainer{b.sample(metric, value, pairs...)})
}

// request is what k6 hands out of an HTTP request.
func (b *bench) request(duration time.Duration, pairs ...string) *httpext.Trail {
	trail := &httpext.Trail{EndTime: b.time, Duration: duration}
	trail.SaveSamples(b.builtin, &metrics.TagsAndMeta{Tags: b.tags(pairs...)})
	return trail
}

// pass lets time go by as the flusher sees it.
func (b *bench) pass(total time.Duration) {
	for end := b.time.Add(total); b.time.Before(end); {
		b.time = b.time.Add(flushEvery)
		b.flush()
	}
}

func (b *bench) end() record {
	b.t.Helper()
	b.flush()
	must(b.t, b.finish())
	return b.read()
}

func (b *bench) read() record {
	b.t.Helper()
	return readRecord(b.t, b.path)
}

type seriesLine struct {
	ID     int
	Metric string
	Kind   string
	Tags   map[string]string
	Limits []float64
}

type periodFigures struct {
	FromMs, ToMs int64
	Series       map[string]json.RawMessage
}

type endFigures struct {
	AtMs                                     int64
	StoppedBy                                *struct{ Name string }
	FoldedRows, DroppedSamples, DroppedTexts int
}

// record is what a reader finds: every line must be JSON but one broken one at the end.
type record struct {
	start   map[string]json.RawMessage
	series  map[string]seriesLine
	periods []periodFigures
	samples []map[string]any
	end     *endFigures
	broken  string
}

func readRecord(t testing.TB, path string) record {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	read, err := parseRecord(text)
	must(t, err)
	return read
}

func parseRecord(text []byte) (record, error) {
	read := record{series: map[string]seriesLine{}}
	for number, line := range strings.Split(string(text), "\n") {
		if line == "" {
			continue
		}
		if read.broken != "" {
			return read, fmt.Errorf("line %d is no JSON: %.200s", number, read.broken)
		}
		if !json.Valid([]byte(line)) {
			read.broken = line
			continue
		}
		if err := read.take([]byte(line)); err != nil {
			return read, fmt.Errorf("line %d: %w", number+1, err)
		}
	}
	return read, nil
}

func (r *record) take(line []byte) error {
	var kind struct{ Type string }
	if err := json.Unmarshal(line, &kind); err != nil {
		return err
	}
	if r.end != nil {
		return fmt.Errorf("%s follows the end", kind.Type)
	}
	switch kind.Type {
	case "start":
		return json.Unmarshal(line, &r.start)
	case "series":
		var found seriesLine
		if err := json.Unmarshal(line, &found); err != nil {
			return err
		}
		if found.ID != len(r.series) {
			return fmt.Errorf("series %d after %d", found.ID, len(r.series)-1)
		}
		r.series[fmt.Sprint(found.ID)] = found
	case "period":
		return r.takePeriod(line)
	case "sample":
		var found map[string]any
		r.samples = append(r.samples, found)
		return json.Unmarshal(line, &r.samples[len(r.samples)-1])
	case "end":
		return json.Unmarshal(line, &r.end)
	default:
		return fmt.Errorf("unknown line %q", kind.Type)
	}
	return nil
}

func (r *record) takePeriod(line []byte) error {
	var found periodFigures
	if err := json.Unmarshal(line, &found); err != nil {
		return err
	}
	if found.ToMs < found.FromMs || len(r.periods) > 0 && r.periods[len(r.periods)-1].ToMs != found.FromMs {
		return fmt.Errorf("a period from %d to %d", found.FromMs, found.ToMs)
	}
	for id := range found.Series {
		if _, ok := r.series[id]; !ok {
			return fmt.Errorf("series %s is not defined", id)
		}
	}
	r.periods = append(r.periods, found)
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func expect[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
