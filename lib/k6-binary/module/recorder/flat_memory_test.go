package recorder

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/output"
	"gopkg.in/guregu/null.v3"
)

// madeWithoutEngine makes the recorder of a script that k6 runs with --no-thresholds.
func madeWithoutEngine(t *testing.T, thresholds, asked string) error {
	t.Helper()
	var options lib.Options
	must(t, json.Unmarshal([]byte(`{"thresholds":`+thresholds+`}`), &options))
	params := output.Params{
		ConfigArgument: "x", ScriptOptions: options, Environment: map[string]string{askedFrom: asked},
	}
	params.RuntimeOptions.NoThresholds = null.BoolFrom(true)
	_, err := New(params)
	return err
}

func TestWithoutItsEngineK6EndsNoRun(t *testing.T) {
	err := madeWithoutEngine(t, `{"own":[{"threshold":"count<5","abortOnFail":true}],
		"http_reqs":["count>1"],"checks{a:b}":["rate>0.5",{"threshold":"rate>0.9","abortOnFail":true}]}`, `{"rows":true}`)
	if err == nil || err.Error() != "thresholds with abortOnFail need k6's engine: checks{a:b}: rate>0.9; own: count<5" {
		t.Errorf("it says: %v", err)
	}
	var coded errext.HasExitCode
	expect(t, "exit code", errors.As(err, &coded) && coded.ExitCode() == exitcodes.InvalidConfig, true)
}

func TestWithoutItsEngineK6LooksAtNoThreshold(t *testing.T) {
	for thresholds, words := range map[string]string{
		`{"http_reqs":["p(95)<5"]}`:            "unsupported aggregation method p",
		`{"own":["median<5"]}`:                 "failed parsing threshold expression",
		`{"own":["p(95)<5"],"own{a:b}":["x"]}`: "malformed threshold expression",
	} {
		err := madeWithoutEngine(t, thresholds, `{"rows":true}`)
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", thresholds, err)
		}
	}
	must(t, madeWithoutEngine(t, `{"own":["p(95)<5"],"http_req_duration{a:b}":["med<5"]}`, `{"rows":true}`))
	// A test of ours is judged by its summary, whatever k6 would make of it.
	must(t, madeWithoutEngine(t, `{"checks":[{"threshold":"rate>0.9","abortOnFail":true}]}`, ""))
}
