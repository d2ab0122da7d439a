package recorder

import (
	"strings"
	"testing"

	"go.k6.io/k6/v2/metrics"
)

// described is what is made of tags: row, host, and whether the host is unknown.
func described(metric string, pairs ...string) [3]string {
	set := metrics.NewRegistry().RootTagSet()
	for i := 0; i < len(pairs); i += 2 {
		set = set.With(pairs[i], pairs[i+1])
	}
	found := requestOf(metric, set)
	unknown := ""
	if found.isHostUnknown {
		unknown = "unknown"
	}
	return [3]string{found.row, found.host, unknown}
}

func TestRequestsByTheirTags(t *testing.T) {
	const http, ws, grpc, page = "http_req_duration", "ws_connecting", "grpc_req_duration", "browser_http_req_duration"
	for name, each := range map[string]struct {
		got, want [3]string
	}{
		"neither name nor URL": {described(http, "method", "GET"), [3]string{"GET", "", "unknown"}},
		"no tags":              {described(http), [3]string{"", "", "unknown"}},
		"no method":            {described(http, "url", "http://h/a/1"), [3]string{"/a/{id}", "h", ""}},
		"no URL": {
			described(http, "name", "https://Shop.Example:8080/a/1?b=2#c", "method", "PUT"),
			[3]string{"PUT /a/{id}", "shop.example:8080", ""},
		},
		"no name": {described(http, "url", "http://h", "method", "GET"), [3]string{"GET /", "h", ""}},
		"an empty name": {
			described(http, "name", "", "url", "", "method", "GET"), [3]string{"GET", "", "unknown"},
		},
		"a name with a colon":    {described(http, "name", "Shop: cart", "url", "Shop: cart", "method", "GET"), [3]string{"Shop: cart", "", "unknown"}},
		"a path as a name":       {described(http, "name", "/a/1?b", "url", "/a/1?b", "method", "GET"), [3]string{"/a/1?b", "", "unknown"}},
		"a name of a kind":       {described(http, "name", "data:sync", "method", "GET"), [3]string{"data:sync", "", "unknown"}},
		"another URL as a name":  {described(http, "name", "http://n/1", "url", "http://h/2", "method", "GET"), [3]string{"http://n/1", "h", ""}},
		"a template as a name":   {described(http, "name", "http://u:p@n/{id}?q", "url", "http://u:p@n/{id}?q"), [3]string{"http://n/{id}", "n", ""}},
		"a host that is a value": {described(http, "name", "http://${}/a", "url", "http://${}/a"), [3]string{"http://${}/a", "", "unknown"}},
		"IPv6":                   {described(http, "name", "http://[::1]:80/", "url", "http://[::1]:80/", "method", "GET"), [3]string{"GET /", "[::1]:80", ""}},
		"a name of other letters": {
			described(http, "url", "http://m%C3%BCnchen.example/x", "method", "GET"), [3]string{"GET /x", "münchen.example", ""},
		},
		"an @ in a path": {described(http, "url", "http://h/@a/b@c", "method", "GET"), [3]string{"GET /@a/b@c", "h", ""}},

		"a socket of k6/ws":             {described(ws, "url", "wss://u:p@h:1/chat/7?token=x"), [3]string{"WS /chat/{id}", "h:1", ""}},
		"with a name":                   {described(ws, "url", "ws://h/chat", "name", "chat"), [3]string{"chat", "h", ""}},
		"a socket of k6/websockets":     {described(ws, "url", "ws://h/chat", "name", "ws://h/chat", "status", "101"), [3]string{"WS /chat", "h", ""}},
		"with a name there":             {described(ws, "url", "chat", "name", "chat"), [3]string{"chat", "", "unknown"}},
		"a socket without name and URL": {described(ws, "status", "101"), [3]string{"", "", "unknown"}},

		"a call": {
			described(grpc, "name", "/hello.Greeter/SayHello", "url", "H:50051/hello.Greeter/SayHello", "service", "hello.Greeter", "method", "SayHello"),
			[3]string{"gRPC hello.Greeter/SayHello", "h:50051", ""},
		},
		"a call with a name": {
			described(grpc, "name", "greet", "url", "h:1/hello.Greeter/SayHello", "service", "hello.Greeter", "method", "SayHello"),
			[3]string{"greet", "h:1", ""},
		},
		"a call by a resolver":    {described(grpc, "url", "dns:///h:1/a.B/C"), [3]string{"gRPC a.B/C", "h:1", ""}},
		"a call by a socket file": {described(grpc, "url", "unix:///run/x.sock/a.B/C"), [3]string{"gRPC a.B/C", "", ""}},
		"a call without a URL":    {described(grpc, "name", "/a.B/C", "service", "a.B", "method", "C"), [3]string{"gRPC a.B/C", "", "unknown"}},
		"an odd URL of a call":    {described(grpc, "name", "x", "url", "odd"), [3]string{"x", "", "unknown"}},
		"reflection":              {described(grpc, "status", "0"), [3]string{"", "", ""}},

		"a request of a page": {
			described(page, "url", "https://h/a|b/5?c={d}", "name", "https://h/a|b/5?c={d}", "method", "GET"),
			[3]string{"GET /a|b/{id}", "h", ""},
		},
		"a vital of a page": {described("browser_web_vital_lcp", "url", "https://h/a/5", "name", "https://h/a/5"), [3]string{"/a/{id}", "h", ""}},
		"what a page holds": {described(page, "url", "data:text/css,secret", "name", "data:text/css,secret", "method", "GET"), [3]string{"GET data:", "", ""}},
		"a blob":            {described(page, "url", "blob:https://h/3f", "name", "blob:https://h/3f"), [3]string{"blob:", "", ""}},
		"a page by a name":  {described(page, "url", "home", "name", "home", "method", "GET"), [3]string{"home", "", "unknown"}},
	} {
		expect(t, name, each.got, each.want)
	}
}

func TestRowsAreShortAndText(t *testing.T) {
	long := strings.Repeat("ä", 300)
	got := described("http_req_duration", "name", long, "url", long)
	expect(t, "a long name", got[0], strings.Repeat("ä", 98)+"...")
	got = described("http_req_duration", "name", "\xff", "url", "\xff")
	expect(t, "no UTF-8", got[0], "\uFFFD")
}

func TestNothingOfCredentialsAndQueriesIsKept(t *testing.T) {
	for _, url := range []string{
		"http://u:s3cret@h/a?s3cret#s3cret", "http://s3cret@h?s3cret", "wss://u:s3cret@h#s3cret", "http://u:s3cret@h/{id}?s3cret",
		"http://s3cret:${}@h/${}/?a=s3cret", "https://u:s3@s3cret@h/",
	} {
		for _, metric := range []string{"http_req_duration", "ws_sessions", "browser_data_sent"} {
			for _, got := range [][3]string{
				described(metric, "name", url, "url", url, "method", "GET"), described(metric, "name", "n", "url", url),
				described(metric, "name", url, "url", "http://h/"), described(metric, "url", url),
			} {
				if strings.Contains(strings.Join(got[:], " "), "s3cret") {
					t.Errorf("%s of %s: %q", metric, url, got)
				}
			}
		}
	}
}

// A metric of the script's may be called like one of k6's.
func TestMetricsOfScriptsTellNoRequests(t *testing.T) {
	for _, name := range []string{"ws_latency", "http_requests", "http_req", "grpc_errors", "checks", "iterations"} {
		expect(t, name, tellsRequests(name), false)
	}
	for _, name := range []string{"http_req_duration", "http_req_failed", "ws_session_duration", "grpc_streams", "browser_web_vital_cls"} {
		expect(t, name, tellsRequests(name), true)
	}
}
