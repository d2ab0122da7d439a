package recorder

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/lib/executor"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
	"gopkg.in/guregu/null.v3"
)

func external(own string) lib.Options {
	return lib.Options{External: map[string]json.RawMessage{extension: json.RawMessage(own)}}
}

func TestScriptWithoutConfiguration(t *testing.T) {
	for _, options := range []lib.Options{{}, external("null"), external("{}"), external(`{"recorder":null}`), external(`{"recorder":{}}`)} {
		read, err := readConfig(options, nil)
		must(t, err)
		if !reflect.DeepEqual(read.Tags, usualTags) {
			t.Errorf("got %v", read.Tags)
		}
		expect(t, "noted options", len(read.noted), 0)
		own := options.External[extension]
		start := string(startLine(read, time.UnixMilli(7)))
		if want := own != nil && string(own) != "null"; strings.Contains(start, `"test"`) != want {
			t.Errorf("of %s the first line says %s", own, start)
		}
	}
	b := newBench(t, "").start()
	for _, name := range []string{"name", "method", "status", "error_code", "error", "expected_response", "group", "scenario"} {
		if !strings.Contains(strings.Join(b.config.tagsOf("http_req_duration"), " "), name) {
			t.Errorf("%s is no tag of requests", name)
		}
	}
}

func TestWrongConfigurationIsRefused(t *testing.T) {
	for own, part := range map[string]string{
		`"text"`:                      "cannot unmarshal",
		`{"recorder":{"tags":["a"]}}`: "cannot unmarshal",
		`{"recorder":{"limits":[{"metric":"m","values":["5"]}]}}`:                              "cannot unmarshal",
		`{"recorder":{"stops":[{"name":"n","metric":"m","aggregate":"p98","operator":"<"}]}}`:  `"p98"`,
		`{"recorder":{"stops":[{"name":"n","metric":"m","aggregate":"rate","operator":">"}]}}`: `">"`,
		`{"recorder":{"stops":[{"name":"n","metric":"m","aggregate":"p95","operator":">="}]}}`: `">="`,
	} {
		_, err := New(output.Params{ConfigArgument: "x", ScriptOptions: external(own)})
		if err == nil || !strings.Contains(err.Error(), extension) || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: got %v", own, err)
		}
	}
}

// A script that is run as it is must not say what is kept of it.
func TestVariableIsAskedInPlaceOfTheScript(t *testing.T) {
	options := external(`{"secret":1,"recorder":{"skip":["vus"],"spare":"/tmp/elsewhere","options":["rps"]}}`)
	options.RPS = null.IntFrom(7)
	asked := `{"rows":true,"test":{"script":"a.js"},"skip":["vus_max"],"mostRows":7,"spare":"x"}`
	read, err := readConfig(options, map[string]string{askedFrom: asked})
	must(t, err)
	expect(t, "rows", read.Rows, true)
	expect(t, "most rows", read.MostRows, 7)
	expect(t, "spare", read.Spare, "x")
	expect(t, "skips what the script says", read.skips("vus"), false)
	expect(t, "skips what the variable says", read.skips("vus_max"), true)
	start := string(startLine(read, time.UnixMilli(7)))
	expect(t, "the first line", start, `{"type":"start","format":1,"atMs":7,"options":{},"test":{"script":"a.js"}}`+"\n")

	read, err = readConfig(options, map[string]string{askedFrom: `{"options":["rps"]}`})
	must(t, err)
	start = string(startLine(read, time.UnixMilli(7)))
	expect(t, "without a test", start, `{"type":"start","format":1,"atMs":7,"options":{"rps":7}}`+"\n")
	read, err = readConfig(options, map[string]string{askedFrom: "", "OTHER": asked})
	must(t, err)
	expect(t, "an empty variable is none", read.skips("vus"), true)
}

func TestWrongVariableIsRefused(t *testing.T) {
	for text, part := range map[string]string{
		`{`:                 "unexpected end",
		`{"rows":"s3cret"}`: "cannot unmarshal",
		`{"stops":[{"name":"n","metric":"m","aggregate":"p98","operator":"<"}]}`: `"p98"`,
	} {
		_, err := New(output.Params{ConfigArgument: "x", Environment: map[string]string{askedFrom: text}})
		if err == nil || !strings.Contains(err.Error(), askedFrom) || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: got %v", text, err)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error repeats what the variable says: %v", err)
		}
	}
}

func TestOutputNeedsAFile(t *testing.T) {
	if _, err := New(output.Params{}); err == nil || !strings.Contains(err.Error(), "--out verdict=<file>") {
		t.Errorf("got %v", err)
	}
}

func TestNotedOptionsHaveNoKeys(t *testing.T) {
	options := external(`{"x":1,"recorder":{"options":["tlsAuth","rps","batch","unknown","discardResponseBodies"]}}`)
	options.RPS = null.IntFrom(7)
	options.TLSAuth = []*lib.TLSAuth{{TLSAuthFields: lib.TLSAuthFields{
		Cert: "CERTIFICATE", Key: "PRIVATE", Password: null.StringFrom("PASSWORD"), Domains: []string{"example.com"},
	}}}
	read, err := readConfig(options, nil)
	must(t, err)
	text, err := json.Marshal(read.noted)
	must(t, err)
	expect(t, "noted", string(text), `{"rps":7,"tlsAuth":[{"domains":["example.com"]}]}`)
	start := string(startLine(read, newBench(t, "").time))
	expect(t, "the first line", start, `{"type":"start","format":1,"atMs":1764273600000,"options":`+string(text)+
		`,"test":{"x":1,"recorder":{"options":["tlsAuth","rps","batch","unknown","discardResponseBodies"]}}}`+"\n")
}

func TestNotedScenariosHaveNoValues(t *testing.T) {
	asked := map[string]string{askedFrom: `{"options":["scenarios","stages","vus"]}`}
	noted := func(written string) string {
		var options lib.Options
		must(t, json.Unmarshal([]byte(written), &options))
		log := logrus.New()
		log.SetOutput(io.Discard)
		options, err := executor.DeriveScenariosFromShortcuts(options, log)
		must(t, err)
		read, err := readConfig(options, asked)
		must(t, err)
		return string(read.noted["scenarios"])
	}
	expect(t, "variables and tags", noted(`{"scenarios":{"buy":{"executor":"constant-arrival-rate","rate":3,"duration":"60s",
		"preAllocatedVUs":1,"exec":"buy","env":{"TOKEN":"s3cret"},"tags":{"team":"s3cret"}}}}`),
		`{"buy":{"duration":"1m0s","exec":"buy","executor":"constant-arrival-rate","gracefulStop":null,"maxVUs":null,`+
			`"preAllocatedVUs":1,"rate":3,"startTime":null,"timeUnit":null}}`)
	expect(t, "stages", noted(`{"stages":[{"duration":"5s","target":2}]}`),
		`{"default":{"exec":null,"executor":"ramping-vus","gracefulRampDown":null,"gracefulStop":null,`+
			`"stages":[{"duration":"5s","target":2}],"startTime":null,"startVUs":null}}`)
	expect(t, "users for a while", noted(`{"vus":2,"duration":"5s"}`),
		`{"default":{"duration":"5s","exec":null,"executor":"constant-vus","gracefulStop":null,"startTime":null,"vus":2}}`)
	expect(t, "iterations", noted(`{"vus":2,"iterations":9}`),
		`{"default":{"exec":null,"executor":"shared-iterations","gracefulStop":null,"iterations":9,"maxDuration":null,`+
			`"startTime":null,"vus":2}}`)
	expect(t, "nothing", noted(`{}`),
		`{"default":{"exec":null,"executor":"per-vu-iterations","gracefulStop":null,"iterations":null,"maxDuration":null,`+
			`"startTime":null,"vus":null}}`)
}

func TestLocalAddressesAreNoted(t *testing.T) {
	options := external(`{"recorder":{"options":["localIPs"]}}`)
	must(t, options.LocalIPs.UnmarshalText([]byte("127.0.0.1-127.0.0.2,127.0.0.9")))
	read, err := readConfig(options, nil)
	must(t, err)
	expect(t, "noted", string(read.noted["localIPs"]), `"127.0.0.1-127.0.0.2,127.0.0.9"`)
	read, err = readConfig(external(`{"recorder":{"options":["localIPs"]}}`), nil)
	must(t, err)
	expect(t, "without any", len(read.noted), 0)
}

func TestSeriesSaysItsLimits(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["a"]},"limits":[{"metric":"it","values":[800,500]},{"metric":"it","tags":{"a":"1"},"values":[500,20.5]}],
		"stops":[{"name":"n","metric":"it","aggregate":"p95","operator":"<","limit":300,"tags":{"a":"2"}}]}`).start()
	for _, tag := range []string{"1", "2", "3"} {
		b.add(b.metric("it", metrics.Trend), 1, "a", tag)
	}
	b.add(b.metric("another", metrics.Counter), 1, "a", "1")
	read := b.end()
	want := [][]float64{{20.5, 500, 800}, {300, 500, 800}, {500, 800}, nil}
	for i, id := range []string{"0", "1", "2", "3"} {
		if !reflect.DeepEqual(read.series[id].Limits, want[i]) {
			t.Errorf("got %v, want %v", read.series[id].Limits, want[i])
		}
	}
}
