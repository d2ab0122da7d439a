package recorder

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHostsStandBeforeTheirPeriod(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	ask := func(host string) { b.take(b.request(time.Millisecond, "url", "http://"+host+"/", "method", "GET")) }
	ask("a.example")
	ask("B.example:8080")
	b.pass(2 * time.Second)
	ask("a.example")
	ask("c.example")
	// A host is not the name of whoever may ask it.
	ask("u:p@c.example")
	b.pass(time.Second)
	// k6 is killed here: they are in the record already.
	read := b.read()
	expect(t, "hosts", strings.Join(read.hosts, " "), "a.example b.example:8080 c.example")
	read = b.end()
	expect(t, "hosts at the end", strings.Join(read.hosts, " "), "a.example b.example:8080 c.example")
	expect(t, "unknown", read.end.HostsUnknown, false)
	expect(t, "of one of them", read.of(t, "http_req_duration", "host", "c.example").count, 2)
}

func TestHostsAreBounded(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	for i := range mostHosts + mostDroppedCounted + 7 {
		for range 2 {
			b.take(b.request(time.Millisecond, "url", fmt.Sprintf("http://h%d.example/", i), "method", "GET"))
		}
		named := b.request(time.Millisecond, "url", "n", "name", "n")
		named.ConnRemoteAddr = &net.TCPAddr{IP: net.IPv4(10, 0, byte(i>>8), byte(i)), Port: 80}
		b.take(named)
	}
	read := b.end()
	expect(t, "lines", len(read.hosts), 2*mostHosts)
	expect(t, "dropped hosts", read.end.DroppedHosts, mostDroppedCounted)
	expect(t, "dropped addresses", read.end.DroppedAddresses, mostDroppedCounted)
	expect(t, "addresses looked up", len(b.book.hosts.seen), mostDroppedCounted)
}

// What a name hides, the connection tells.
func TestAddressesOfNamedRequests(t *testing.T) {
	b := newScriptBench(t, `{}`).start()
	reach := func(address net.Addr, pairs ...string) {
		trail := b.request(time.Millisecond, pairs...)
		trail.ConnRemoteAddr = address
		b.take(trail)
	}
	one := &net.TCPAddr{IP: net.ParseIP("10.0.0.7"), Port: 443}
	reach(one, "name", "login", "url", "login")
	reach(&net.TCPAddr{IP: net.ParseIP("10.0.0.7"), Port: 443}, "name", "order", "url", "order")
	reach(&net.TCPAddr{IP: net.ParseIP("::1"), Port: 80}, "name", "login", "url", "login")
	reach(&net.TCPAddr{IP: net.ParseIP("10.0.0.8"), Port: 80}, "name", "http://h/", "url", "http://h/")
	reach(&net.UnixAddr{Name: "/run/x.sock"}, "name", "login", "url", "login")
	reach(nil, "name", "login", "url", "login")
	read := b.end()
	slices.Sort(read.hosts)
	expect(t, "met", strings.Join(read.hosts, " "), "10.0.0.7:443 [::1]:80 h")
	expect(t, "unknown", read.end.HostsUnknown, true)
}

// Of our own scenarios everybody knows where they went.
func TestHostsAreNotAskedForOfOwnScenarios(t *testing.T) {
	b := newBench(t, `{"tags":{"*":["endpoint"]}}`).start()
	trail := b.request(time.Millisecond, "endpoint", "list")
	trail.ConnRemoteAddr = &net.TCPAddr{IP: net.IPv4(10, 0, 0, 7), Port: 80}
	b.take(trail)
	read := b.end()
	expect(t, "met", len(read.hosts), 0)
	expect(t, "unknown", read.end.HostsUnknown, false)
}
