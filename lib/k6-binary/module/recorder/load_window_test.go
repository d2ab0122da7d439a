package recorder

import (
	"encoding/json"
	"testing"
	"time"

	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
)

func TestLoadIsFromItsFirstStartToItsLastEnd(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	origin := b.time
	at := func(after time.Duration) { b.time = origin.Add(after) }
	at(1 * time.Second)
	b.take(b.request(800*time.Millisecond, "name", "seed", "group", "::setup"))
	at(3500*time.Millisecond + 250*time.Microsecond)
	b.take(b.request(200*time.Millisecond, "name", "a", "scenario", "default"))
	at(4 * time.Second)
	b.add(b.builtin.IterationDuration, 1500, "scenario", "default")
	b.add(b.metric("waited", metrics.Trend), 3600_000, "scenario", "default")
	b.add(b.builtin.WSSessionDuration, 3000, "scenario", "default")
	at(9*time.Second + 125*time.Microsecond)
	b.add(b.builtin.DataSent, 10, "scenario", "other")
	at(9500 * time.Millisecond)
	b.add(b.builtin.VUs, 2)
	b.take(b.request(time.Millisecond, "name", "clear", "group", "::teardown"))
	end := b.end().end
	expect(t, "start of the load", end.LoadStartedAtMs-float64(origin.UnixMilli()), 2500)
	expect(t, "end of the load", end.LoadEndedAtMs-float64(origin.UnixMilli()), 9000.125)
	expect(t, "start of setup()", end.RunStartedAtMs-float64(origin.UnixMilli()), 200)
	expect(t, "end of teardown()", end.RunEndedAtMs-float64(origin.UnixMilli()), 9500)
}

func TestGroupsTellTheLoadWhereScenariosDoNot(t *testing.T) {
	options := lib.Options{SystemTags: metrics.NewSystemTagSet(metrics.TagGroup)}
	b := benchOf(t, output.Params{ScriptOptions: options, Environment: map[string]string{askedFrom: `{"rows":true}`}}).start()
	origin := b.time
	for second, group := range []string{"::setup", "::setup::login", "", "::setups", "::teardown"} {
		b.time = origin.Add(time.Duration(second) * time.Second)
		b.add(b.builtin.VUs, 1)
		b.add(b.builtin.Checks, 1, "group", group)
	}
	end := b.end().end
	expect(t, "start of the load", end.LoadStartedAtMs-float64(origin.UnixMilli()), 2000)
	expect(t, "end of the load", end.LoadEndedAtMs-float64(origin.UnixMilli()), 3000)
}

func TestWithoutLoadNoWindowIsTold(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	b.take(b.request(time.Millisecond, "url", "http://h/seed", "group", "::setup"))
	var end map[string]json.RawMessage
	must(t, json.Unmarshal(b.endLine(b.time), &end))
	_, isThere := end["loadStartedAtMs"]
	expect(t, "load", isThere, false)
	expect(t, "members", len(end), 4)
}
