package recorder

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
	"gopkg.in/guregu/null.v3"
)

const thresholds = `{
	"http_req_duration{name:login, status:200}": ["p(95)<500", {"threshold":"med<=20.5","abortOnFail":true,"delayAbortEval":"10s"}],
	"checks": ["rate>0.99"],
	"http_req_duration": ["avg<200","p(99.9) >= 3"],
	"http_req_waiting": []
}`

func TestThresholdsStandInTheFirstLine(t *testing.T) {
	b := newScriptBench(t, thresholds).start()
	want := `[{"metric":"checks","source":"rate>0.99","abortOnFail":false},` +
		`{"metric":"http_req_duration","source":"avg<200","abortOnFail":false},` +
		`{"metric":"http_req_duration","source":"p(99.9) >= 3","abortOnFail":false},` +
		`{"metric":"http_req_duration{name:login, status:200}","source":"p(95)<500","abortOnFail":false},` +
		`{"metric":"http_req_duration{name:login, status:200}","source":"med<=20.5","abortOnFail":true,"delayAbortEval":"10s"}]`
	expect(t, "the first line", string(b.end().start["thresholds"]), want)
	_, isThere := newBench(t, "").start().end().start["thresholds"]
	expect(t, "without any", isThere, false)
}

func TestSeriesOfThresholdsAreCountedAtTheirBorders(t *testing.T) {
	b := newScriptBench(t, thresholds).start()
	for range 3 {
		b.take(b.request(500*time.Millisecond, "name", "login", "url", "login", "status", "200"))
		b.take(b.request(time.Millisecond, "name", "other", "url", "other", "status", "200"))
		b.take(b.request(time.Millisecond, "url", "http://h/1", "status", "200"))
	}
	read := b.end()
	login := read.of(t, "http_req_duration", "row", "login", "name", "login")
	expect(t, "requests", login.count, 3)
	expect(t, "at the limit of the sub-metric", findBeyond(login.beyond, 500).atOrAbove, 3)
	expect(t, "limits", fmt.Sprint(read.series["0"].Limits), "[3 20.500000000000004 500]")
	expect(t, "limits of others", fmt.Sprint(read.series["1"].Limits), "[3]")
	for _, each := range read.series {
		if name, ok := each.Tags["name"]; ok && name != "login" {
			t.Errorf("the name %q tells a series, and no threshold looks for it", name)
		}
	}
}

// A percentile is on the side of its border on which k6 finds the threshold.
func TestBordersDecideAsK6Does(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 34))
	for _, operator := range []string{"<", "<=", ">", ">=", "==", "===", "!="} {
		for _, aggregate := range []string{"p(95)", "med", "p(0)", "p(100)"} {
			for range 300 {
				source := fmt.Sprintf(" %s %s 500.25 ", aggregate, operator)
				borders := newBeyond(bordersOf(source))
				sink := metrics.NewTrendSink()
				for range 1 + random.IntN(40) {
					value := [...]float64{500.25, 500.25, 500.24999999999994, 500.25000000000006, 1}[random.IntN(5)]
					sink.Add(metrics.Sample{Value: value})
					for i := range borders {
						borders[i].add(value)
					}
				}
				if got, want := holdsBy(borders, operator, aggregate, sink.Count()), holdsForK6(t, source, sink); got != want {
					t.Fatalf("%s holds: %v, for k6 %v", source, got, want)
				}
			}
		}
	}
}

// holdsBy decides a threshold at 500.25 as a reader of the record does.
func holdsBy(borders []beyond, operator, aggregate string, count uint64) bool {
	percentile := map[string]float64{"p(95)": 0.95, "med": 0.5, "p(0)": 0, "p(100)": 1}[aggregate]
	below := func(limit float64) bool { return findBeyond(borders, limit).isPercentileBelow(percentile, count) }
	const limit, next = 500.25, 500.25000000000006
	switch operator {
	case "<":
		return below(limit)
	case "<=":
		return below(next)
	case ">":
		return !below(next)
	case ">=":
		return !below(limit)
	case "!=":
		return below(limit) || !below(next)
	default:
		return !below(limit) && below(next)
	}
}

func holdsForK6(t *testing.T, source string, sink metrics.Sink) bool {
	t.Helper()
	one := metrics.NewThresholds([]string{source})
	if err := one.Parse(); err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	holds, err := one.Run(sink, time.Second)
	must(t, err)
	return holds
}

func TestThresholdsWithoutBorders(t *testing.T) {
	for _, source := range []string{
		"avg<500", "min<5", "max<5", "count<5", "rate>0.5", "value<5", "p(95)", "", "p(95)<", "p(95)<x", "p(95)<NaN", "p(95)<Inf", "<5", "px<5",
	} {
		expect(t, source, len(bordersOf(source)), 0)
	}
}

func TestSubMetricsAreTakenApartAsByK6(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"it":                             nil,
		"it{a:1}":                        {"a": "1"},
		"it{ a : 1 , b:'x:y' }":          {"a": "1", "b": "x:y"},
		`it{"url":"http://h/{id}?a=b"}`:  {"url": "http://h/{id}?a=b"},
		"it{name:http://h/${}/x,group:}": {"name": "http://h/${}/x", "group": ""},
	} {
		metric, tags, ok := selectionOf(name)
		if !ok || metric != "it" || !reflect.DeepEqual(tags, want) {
			t.Errorf("%s: got %s %v %v", name, metric, tags, ok)
		}
	}
	for _, name := range []string{"it{a:1", "it{}", "{a:1}", "no name{a:1}"} {
		if _, _, ok := selectionOf(name); ok {
			t.Errorf("%s is taken for a metric", name)
		}
	}
}

// judgedBench is a run of which k6 judges the thresholds as it says.
func judgedBench(t *testing.T, own string, judges bool) *bench {
	b := newScriptBench(t, own)
	b.judgesThresholds = judges
	var given map[string]metrics.Thresholds
	must(t, json.Unmarshal([]byte(own), &given))
	b.SetThresholds(given)
	given["checks"].Thresholds[0].LastFailed = true
	return b.start()
}

func judgedText(t *testing.T, b *bench) string {
	text, err := json.Marshal(b.end().end.Judged)
	must(t, err)
	return string(text)
}

func TestLastLineSaysWhatK6Judged(t *testing.T) {
	const own = `{"http_req_duration":["p(95)<5"],"checks":["rate>1","rate>0"]}`
	b := judgedBench(t, own, true)
	b.add(b.builtin.Checks, 0)
	expect(t, "judged", judgedText(t, b), `[{"metric":"checks","source":"rate\u003e1","failed":true},`+
		`{"metric":"checks","source":"rate\u003e0","failed":false},{"metric":"http_req_duration","source":"p(95)\u003c5","failed":false}]`)

	b = judgedBench(t, own, false)
	b.add(b.builtin.Checks, 0)
	expect(t, "by --no-thresholds", judgedText(t, b), "null")
	// Where the test never began, k6 judged nothing, or nothing but emptiness.
	b = judgedBench(t, own, true)
	b.add(b.builtin.VUs, 1)
	expect(t, "of no sample", judgedText(t, b), "null")
}

// They are one for k6, which judges the one that it comes across last.
func TestTwoSpellingsOfASubMetric(t *testing.T) {
	b := judgedBench(t, `{"checks{a:1,b:2}":["rate>1"],"checks{b:2, a:1}":["rate>0"],"checks":["rate>1"]}`, true)
	b.judging["checks{b:2, a:1}"].Thresholds[0].LastFailed = true
	b.add(b.builtin.Checks, 0)
	expect(t, "judged", judgedText(t, b), `[{"metric":"checks","source":"rate\u003e1","failed":true},`+
		`{"metric":"checks{a:1,b:2}","source":"rate\u003e1"},{"metric":"checks{b:2, a:1}","source":"rate\u003e0","failed":true}]`)
}

func TestAbortByThresholdIsTold(t *testing.T) {
	byThreshold := errext.WithAbortReasonIfNone(errors.New("crossed"), errext.AbortedByThreshold)
	for name, each := range map[string]struct {
		err  error
		stop *stop
		want bool
	}{
		"at the end":        {errext.WithAbortReasonIfNone(errors.New("crossed"), errext.AbortedByThresholdsAfterTestEnd), nil, false},
		"by the user":       {errext.WithAbortReasonIfNone(errors.New("SIGINT"), errext.AbortedByUser), nil, false},
		"normally":          {nil, nil, false},
		"by a threshold":    {fmt.Errorf("wrapped: %w", byThreshold), nil, true},
		"by a stop of ours": {byThreshold, &stop{Name: "n"}, false},
	} {
		b := newScriptBench(t, `{}`)
		b.now = steadyClock()
		must(t, b.Start())
		b.stoppedBy = each.stop
		must(t, b.StopWithTestError(each.err))
		expect(t, name, b.read().end.AbortedByThreshold, each.want)
	}
}

func TestRecorderKnowsWhetherK6Judges(t *testing.T) {
	for _, off := range []bool{true, false} {
		params := output.Params{ConfigArgument: "x"}
		params.RuntimeOptions.NoThresholds = null.BoolFrom(off)
		made, err := New(params)
		must(t, err)
		expect(t, "judges", made.(*Recorder).judgesThresholds, !off)
	}
}
