package recorder

import (
	"fmt"
	"maps"
	"net"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.k6.io/k6/v2/lib/netext/httpext"
	"go.k6.io/k6/v2/metrics"
)

// spelled are the series of a record, one a line, without what they count.
func (r record) spelled() string {
	var lines []string
	for _, each := range r.series {
		line := each.Metric
		for _, name := range slices.Sorted(maps.Keys(each.Tags)) {
			line += " " + name + "=" + each.Tags[name]
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestSeriesOfAScript(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	b.take(b.request(time.Millisecond, "url", "http://h/a/1", "name", "http://h/a/1", "method", "GET", "status", "200",
		"expected_response", "true", "group", "::buy", "scenario", "default", "proto", "HTTP/1.1", "own", "x"))
	b.take(b.request(time.Millisecond, "url", "login", "name", "login", "method", "POST", "status", "0", "error_code", "1050",
		"error", "request timeout at 10.0.0.1", "expected_response", "false", "group", "", "scenario", "default"))
	b.add(b.builtin.Checks, 1, "check", "is up", "group", "::buy", "scenario", "default", "url", "u", "own", "x")
	b.add(b.metric("own", metrics.Trend), 1, "name", "n", "group", "::buy", "scenario", "default")
	b.add(b.builtin.WSSessions, 1, "url", "ws://h/chat", "scenario", "default", "status", "101")
	b.add(b.builtin.GRPCReqDuration, 1, "name", "/a.B/C", "url", "h:1/a.B/C", "service", "a.B", "method", "C", "status", "0")
	b.add(b.metric("browser_data_sent", metrics.Counter), 1, "name", "http://h/", "url", "http://h/", "method", "GET")
	b.add(b.builtin.VUs, 1)
	expect(t, "series", b.end().spelled(), `browser_data_sent host=h row=GET /
checks check=is up group=::buy scenario=default
grpc_req_duration host=h:1 row=gRPC a.B/C status=0
http_req_duration error=request timeout at <address> error_code=1050 expected_response=false row=login scenario=default status=0
http_req_duration expected_response=true group=::buy host=h row=GET /a/{id} scenario=default status=200
own group=::buy scenario=default
vus
ws_sessions host=h row=WS /chat scenario=default status=101`)
}

func TestTagsThatAreAskedForTellSeriesApart(t *testing.T) {
	b := newScriptBench(t, `{"http_req_duration{kind:api}":["p(95)<5"],"http_req_duration{error:EOF at 10.0.0.1}":["p(95)<5"],
		"http_req_duration{method:PUT}":["max<9"],"own{kind:api}":["count>1"],"checks{kind:api}":["rate>0"]}`).start()
	for _, kind := range []string{"api", "page", "other"} {
		b.take(b.request(time.Millisecond, "name", "n", "url", "n", "method", "PUT", "kind", kind))
		b.take(b.request(time.Millisecond, "name", "n", "url", "n", "method", "GET", "kind", kind))
		b.add(b.metric("own", metrics.Counter), 1, "kind", kind)
		b.add(b.metric("another", metrics.Counter), 1, "kind", kind)
		b.add(b.builtin.Checks, 1, "kind", kind)
	}
	b.take(b.request(time.Millisecond, "name", "n", "url", "n", "error", "EOF at 10.0.0.1"))
	expect(t, "series", b.end().spelled(), `another
checks
checks kind=api
http_req_duration error=EOF at 10.0.0.1 row=n
http_req_duration kind=api method=PUT row=n
http_req_duration kind=api row=n
http_req_duration method=PUT row=n
http_req_duration row=n
own
own kind=api`)
}

// A threshold looks at k6's tags: a host of the record is none of them.
func TestScriptsMayHaveTagsCalledRowAndHost(t *testing.T) {
	b := newScriptBench(t, `{"http_req_duration{host:h}":["p(95)<5"]}`)
	b.config.Limits = append(b.config.Limits, limit{Metric: "http_req_failed", Tags: map[string]string{"row": "GET /a"}})
	b.parts = b.config.parts()
	b.book = newBook(b.config)
	b.start()
	failed := func(pairs ...string) metrics.Sample { return b.sample(b.builtin.HTTPReqFailed, 1, pairs...) }
	for _, pairs := range [][]string{
		{"url", "http://h/a", "method", "GET", "status", "1"},
		{"url", "http://h/a", "method", "GET", "status", "2", "host", "h", "row", "mine"},
		{"url", "http://i/a", "method", "GET", "status", "3", "host", "h"},
		{"url", "http://h/b", "method", "GET", "status", "4", "host", "i"},
	} {
		trail := b.request(time.Millisecond, pairs...)
		trail.Samples = append(trail.Samples, failed(pairs...))
		b.take(trail)
	}
	read := b.end()
	expect(t, "hosts met", strings.Join(read.hosts, " "), "h i")
	expect(t, "series", read.spelled(), `http_req_duration host=h row=GET /a status=2
http_req_duration host=h row=GET /a status=3
http_req_duration row=GET /a status=1
http_req_duration row=GET /b status=4
http_req_failed host=h row=GET /a status=1
http_req_failed host=h row=GET /a status=2
http_req_failed host=h row=GET /b status=4
http_req_failed host=i row=GET /a status=3`)
}

func TestPartsOfRequestsAreKeptForThresholds(t *testing.T) {
	b := newScriptBench(t, `{"http_req_waiting{name:n}":["p(95)<5"],"http_reqs":["count>1"],"data_received":["count>1"],"http_req_sending":[]}`).start()
	b.config.Skip = nil
	for _, name := range []string{"n", "m"} {
		trail := b.request(3*time.Millisecond, "name", name, "url", name, "status", "200")
		trail.Waiting = 2 * time.Millisecond
		trail.SaveSamples(b.builtin, &metrics.TagsAndMeta{Tags: trail.Tags})
		b.AddMetricSamples([]metrics.SampleContainer{trail})
	}
	read := b.end()
	expect(t, "metrics", strings.Join(read.metricsOf(), " "), "http_req_duration http_req_waiting http_reqs")
	expect(t, "requests", read.of(t, "http_reqs", "row", "n", "status", "200").sum, 1)
	waiting := read.of(t, "http_req_waiting", "row", "n", "name", "n")
	expect(t, "waited", waiting.sum, 2)
	expect(t, "below", findBeyond(waiting.beyond, 5).below, 2)
	expect(t, "of others", read.of(t, "http_req_waiting", "row", "m").count, 1)
}

func TestMetricsWithLimitsAreNotSkipped(t *testing.T) {
	b := newBench(t, `{"skip":["data_sent","data_received"],"limits":[{"metric":"data_sent"}]}`)
	expect(t, "skipped", strings.Join(b.config.Skip, " "), "data_received")
}

// They must not be counted as load, also where there is no room for them.
func TestSetupAndTeardownAreToldApart(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	b.config.MostRows = 2
	b.book = newBook(b.config)
	for i := range 100 {
		row := fmt.Sprintf("http://h/p%d", i)
		for _, tags := range [][]string{
			{"group", "::setup"}, {"group", "::setup::log in"}, {"group", "::teardown"},
			{"group", "", "scenario", "default"}, {"group", "::setup", "scenario", "other"},
		} {
			b.take(b.request(time.Millisecond, append(tags, "url", row, "method", "GET", "status", fmt.Sprint(i))...))
		}
	}
	read := b.end()
	var setup, teardown, load float64
	for _, each := range read.series {
		count := read.ofSeries(t, each).count
		switch group := each.Tags["group"]; {
		case each.Tags["scenario"] != "":
			load += count
		case strings.HasPrefix(group+"::", "::setup::"):
			setup += count
		case group == "::teardown":
			teardown += count
		default:
			t.Errorf("%v is of nothing", each.Tags)
		}
	}
	expect(t, "setup", setup, 200)
	expect(t, "teardown", teardown, 100)
	expect(t, "load", load, 200)
	expect(t, "of another scenario", read.of(t, "http_req_duration", "scenario", "other").count, 100)
}

func TestThresholdsHoldForFoldedRows(t *testing.T) {
	b := newScriptBench(t, `{"http_req_duration{scenario:default}":["p(95)<5"],"http_req_duration{name:n3}":["p(95)<5"],"http_req_duration{kind:a}":["p(95)<5"]}`).start()
	b.config.MostRows = 2
	b.book = newBook(b.config)
	for i := range 50 {
		name := fmt.Sprintf("n%d", i)
		b.take(b.request(9*time.Millisecond, "name", name, "url", name, "scenario", "default", "kind", string("ab"[i%2])))
	}
	read := b.end()
	for tag, want := range map[string]float64{"scenario default": 50, "name n3": 1, "kind a": 25, "row n3": 1} {
		name, value, _ := strings.Cut(tag, " ")
		found := read.of(t, "http_req_duration", name, value)
		expect(t, tag, found.count, want)
		expect(t, tag+": beyond", float64(findBeyond(found.beyond, 5).atOrAbove), want)
	}
	// The row with a threshold of its own is not folded.
	expect(t, "series", len(read.series), 5)
}

// k6 keeps every set of tags for good. What the recorder adds to that must not grow.
func TestMemoryIsBoundedWhereEveryRequestHasItsOwnURL(t *testing.T) {
	for what, url := range map[string]string{
		"ids":   "http://h/orders/%d",
		"words": "http://h/orders/p%d",
		"names": "order %d",
		"hosts": "http://h%d.example/",
	} {
		b := newScriptBench(t, `{"http_req_failed":["rate<0.1"],"http_req_duration{scenario:default}":["p(95)<500"]}`).start()
		const requests = 120_000
		half := uint64(0)
		for i := range requests {
			if i%1000 == 0 {
				// So that k6's own tree of tags can go.
				b.registry = metrics.NewRegistry()
				b.pass(100 * time.Millisecond)
			}
			if i == requests/2 {
				half = b.heapWithoutPointers()
			}
			b.AddMetricSamples([]metrics.SampleContainer{b.visit(fmt.Sprintf(url, i))})
		}
		b.flush()
		if growth := int64(b.heapWithoutPointers()) - int64(half); growth > 2<<20 {
			t.Errorf("%s: the second half of the requests leaves %d KB", what, growth>>10)
		}
		expect(t, what, b.end().of(t, "http_req_duration").count, requests)
	}
}

func (b *bench) visit(url string) *httpext.Trail {
	trail := b.request(time.Millisecond, "name", url, "url", url, "method", "GET", "scenario", "default", "status", "200")
	trail.ConnRemoteAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
	return trail
}

// heapWithoutPointers is what the recorder keeps, but for the tags that k6 keeps anyway.
func (b *bench) heapWithoutPointers() uint64 {
	b.flush()
	b.registry = metrics.NewRegistry()
	b.book.bySample = map[metrics.TimeSeries]*series{}
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}
