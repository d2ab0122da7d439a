package recorder

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
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
	return benchOf(t, output.Params{ScriptOptions: options})
}

// newScriptBench makes one for a script of somebody else with these thresholds, whose requests are told by row.
func newScriptBench(t testing.TB, thresholds string) *bench {
	t.Helper()
	options := lib.Options{}
	must(t, json.Unmarshal(fmt.Appendf(nil, `{"thresholds":%s}`, thresholds), &options))
	options.Scenarios = lib.ScenarioConfigs{"default": nil, "other": nil}
	return benchOf(t, output.Params{ScriptOptions: options, Environment: map[string]string{askedFrom: `{"rows":true}`}})
}

func benchOf(t testing.TB, params output.Params) *bench {
	t.Helper()
	log := logrus.New()
	log.SetOutput(io.Discard)
	path := filepath.Join(t.TempDir(), "record.ndjson")
	params.ConfigArgument, params.Logger = path, log
	made, err := New(params)
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
