package recorder

import (
	"fmt"
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
