package recorder

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

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
	RunStartedAtMs, RunEndedAtMs             float64
	LoadStartedAtMs, LoadEndedAtMs           float64
	StoppedBy                                *struct{ Name string }
	Judged                                   []judgedThreshold
	AbortedByThreshold, HostsUnknown         bool
	FoldedRows, DroppedSamples, DroppedTexts int
	DroppedHosts, DroppedAddresses           int
}

// record is what a reader finds: every line must be JSON but one broken one at the end.
type record struct {
	start   map[string]json.RawMessage
	series  map[string]seriesLine
	periods []periodFigures
	samples []map[string]any
	// Names and addresses.
	hosts  []string
	end    *endFigures
	broken string
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
	case "host":
		var found struct{ Host, Address string }
		err := json.Unmarshal(line, &found)
		r.hosts = append(r.hosts, strings.TrimSpace(found.Host+" "+found.Address))
		return err
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
