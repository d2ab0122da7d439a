package recorder

import (
	"fmt"
	"net"
	"testing"
	"time"

	"go.k6.io/k6/v2/lib/netext/httpext"
	"go.k6.io/k6/v2/metrics"
)

// BenchmarkRequest is what a request costs: go test -bench Request ./recorder/
func BenchmarkRequest(b *testing.B) {
	made := newBench(b, `{"tags":{"http_req_duration":["phase","endpoint","status","error_code","error","expected_response"],"*":["scenario"]},
		"limits":[{"metric":"http_req_duration","tags":{"phase":"load","expected_response":"true","endpoint":"3"},"values":[50,100]}],
		"skip":["data_sent","data_received","http_req_failed","iterations_started","browser_data_sent","browser_data_received"],
		"samples":["verdict_event"]}`).start()
	var trails []*httpext.Trail
	for i := range 2400 {
		trails = append(trails, made.request(time.Duration(i)*time.Microsecond*20,
			"phase", "load", "endpoint", fmt.Sprint(i%12), "status", "200", "expected_response", "true", "url", fmt.Sprint(i%400)))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		made.take(metrics.SampleContainer(trails[i%len(trails)]))
		if i%2500 == 0 {
			made.pass(time.Second)
		}
	}
}

// BenchmarkScriptRequest is the same for a script of somebody else: with names that hide the hosts, with the two thresholds
// that most scripts have, and with a URL of its own for each request, which is then worked out each time.
func BenchmarkScriptRequest(b *testing.B) {
	const usual = `{"http_req_duration":["p(95)<500"],"http_req_failed":["rate<0.01"]}`
	for name, each := range map[string]struct {
		thresholds, url string
		urls            int
	}{
		"few URLs":   {`{}`, "http://h:8080/orders/page%d", 12},
		"names":      {`{}`, "order %d", 12},
		"thresholds": {usual, "http://h:8080/orders/page%d", 12},
		"many URLs":  {`{}`, "http://h:8080/orders/%d/items/3f2504e0-4f89-11d3-9a0c-0305e82c3301?a=b", 200_000},
	} {
		b.Run(name, func(b *testing.B) {
			made := newScriptBench(b, each.thresholds).start()
			var trails []*httpext.Trail
			for i := range max(each.urls, 2400) {
				url := fmt.Sprintf(each.url, i%each.urls)
				trail := made.request(time.Duration(i%2400)*time.Microsecond*20, "scenario", "default", "group", "", "name", url,
					"url", url, "method", "GET", "status", "200", "expected_response", "true")
				trail.ConnRemoteAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
				trail.Samples = append(trail.Samples, made.sample(made.builtin.HTTPReqFailed, 0))
				trails = append(trails, trail)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				made.take(metrics.SampleContainer(trails[i%len(trails)]))
				if i%2500 == 0 {
					made.pass(time.Second)
				}
			}
		})
	}
}
