package recorder

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/lib/netext/httpext"
	"go.k6.io/k6/v2/metrics"
	"gopkg.in/guregu/null.v3"
)

// sentByK6 sends a request as a script does, and returns what k6 hands out of it.
func sentByK6(t *testing.T, url httpext.URL, systemTags *metrics.SystemTagSet, pairs ...string) []*httpext.Trail {
	t.Helper()
	registry := metrics.NewRegistry()
	samples := make(chan metrics.SampleContainer, 10)
	log := logrus.New()
	log.SetOutput(io.Discard)
	state := &lib.State{
		Options: lib.Options{SystemTags: systemTags}, Transport: http.DefaultTransport, Samples: samples, Logger: log,
		BuiltinMetrics: metrics.RegisterBuiltinMetrics(registry), Tags: lib.NewVUStateTags(registry.RootTagSet()),
		BufferPool: lib.NewBufferPool(),
	}
	asked, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url.URL, nil)
	must(t, err)
	request := &httpext.ParsedHTTPRequest{
		Req: asked, URL: &url, Body: new(bytes.Buffer), Timeout: 10 * time.Second, Redirects: null.IntFrom(5),
		TagsAndMeta: state.Tags.GetCurrentValues(), ResponseCallback: func(status int) bool { return status < 400 },
	}
	for i := 0; i < len(pairs); i += 2 {
		request.TagsAndMeta.SetTag(pairs[i], pairs[i+1])
	}
	_, err = httpext.MakeRequest(t.Context(), state, request)
	must(t, err)
	close(samples)
	var trails []*httpext.Trail
	for container := range samples {
		trails = append(trails, container.(*httpext.Trail))
	}
	return trails
}

// How k6 names its requests is not promised anywhere: whoever raises its version sees here what changed.
func TestRequestsThatK6Sends(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(reply http.ResponseWriter, request *http.Request) {
		if target, ok := strings.CutPrefix(request.URL.Path, "/to/"); ok {
			http.Redirect(reply, request, "/orders/"+target, http.StatusFound)
		}
	}))
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	plain := func(text string) httpext.URL {
		url, err := httpext.ToURL(text)
		must(t, err)
		return url
	}
	template := func(text, name string) httpext.URL {
		url, err := httpext.NewURL(text, name)
		must(t, err)
		return url
	}
	without := func(tag metrics.SystemTag) *metrics.SystemTagSet {
		left := metrics.DefaultSystemTagSet &^ metrics.SystemTagSet(tag)
		return &left
	}
	usual := &metrics.DefaultSystemTagSet
	for _, each := range []struct {
		what   string
		trails []*httpext.Trail
		rows   []string
		host   string
	}{
		{"a URL", sentByK6(t, plain(server.URL+"/orders/17?q=s#f"), usual), []string{"GET /orders/{id}"}, host},
		{"with credentials", sentByK6(t, plain("http://u:p@"+host+"/orders/17"), usual), []string{"GET /orders/{id}"}, host},
		{"with a user", sentByK6(t, plain("http://u@"+host+"/orders"), usual), []string{"GET /orders"}, host},
		{"with braces", sentByK6(t, plain(server.URL+"/orders/{id}"), usual), []string{"GET /orders/{id}"}, host},
		{"a name", sentByK6(t, plain(server.URL+"/orders/17"), usual, "name", "an order"), []string{"an order"}, ""},
		{"the URL as a name", sentByK6(t, plain(server.URL+"/orders/17"), usual, "name", server.URL+"/orders/17"), []string{"GET /orders/{id}"}, host},
		{"a template", sentByK6(t, template(server.URL+"/orders/17?q=s", server.URL+"/orders/${}?q=${}"), usual), []string{server.URL + "/orders/${}"}, host},
		{"a template with credentials", sentByK6(t, template("http://u:p@"+host+"/orders/17", "http://u:${}@"+host+"/orders/${}"), usual), []string{server.URL + "/orders/${}"}, host},
		{"a template of a base", sentByK6(t, template(server.URL+"/orders/17", "${}/orders/${}"), usual), []string{"${}/orders/${}"}, ""},
		{"a template without values", sentByK6(t, template(server.URL+"/orders/17", server.URL+"/orders/17"), usual), []string{"GET /orders/{id}"}, host},
		{"redirects", sentByK6(t, plain(server.URL+"/to/17"), usual), []string{"GET /to/{id}", "GET /orders/{id}"}, host},
		{"redirects with a name", sentByK6(t, plain(server.URL+"/to/17"), usual, "name", "go"), []string{"go", "go"}, ""},
		{"without the tag url", sentByK6(t, plain(server.URL+"/orders/17"), without(metrics.TagURL)), []string{"GET /orders/{id}"}, host},
		{"without the tag name", sentByK6(t, plain(server.URL+"/orders/17"), without(metrics.TagName)), []string{"GET /orders/{id}"}, host},
		{"without the tag method", sentByK6(t, plain(server.URL+"/orders/17"), without(metrics.TagMethod)), []string{"/orders/{id}"}, host},
		{"without both", sentByK6(t, plain(server.URL+"/orders/17"), without(metrics.TagURL|metrics.TagName)), []string{"GET"}, ""},
	} {
		b := newScriptBench(t, `{}`).start()
		for i, trail := range each.trails {
			found := requestOf("http_req_duration", trail.Tags)
			expect(t, each.what+": row", found.row, each.rows[i])
			expect(t, each.what+": host", found.host, each.host)
			b.take(trail)
		}
		expect(t, each.what+": requests", len(each.trails), len(each.rows))
		read := b.end()
		expect(t, each.what+": met", strings.Join(read.hosts, " "), host)
		expect(t, each.what+": unknown", read.end.HostsUnknown, each.host == "")
	}
}

// Nobody was reached, and nobody is named.
func TestRequestsThatReachNobody(t *testing.T) {
	url, err := httpext.ToURL("http://127.0.0.1:1/orders")
	must(t, err)
	b := newScriptBench(t, `{}`).start()
	for _, trail := range sentByK6(t, url, &metrics.DefaultSystemTagSet, "name", "an order") {
		b.take(trail)
	}
	read := b.end()
	expect(t, "requests", read.of(t, "http_req_duration", "row", "an order", "error_code", "1212").count, 1)
	expect(t, "met", len(read.hosts), 0)
	expect(t, "unknown", read.end.HostsUnknown, true)
}
