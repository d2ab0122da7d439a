package recorder

import (
	"net"
	"net/netip"
)

const (
	mostHosts = 200
	// So many that were not written are counted; further ones are at least as many.
	mostDroppedCounted = 10_000
)

// hosts are those that requests went to. Each is a line of the record, once.
type hosts struct {
	names     met
	addresses met
	// The addresses that were met, so that a request does not need to spell its own.
	seen map[netip.AddrPort]bool
	// Whether a request went to a host that k6 does not tell.
	isUnknown bool
	waiting   []byte
}

func (h *hosts) meet(request request) {
	h.isUnknown = h.isUnknown || request.isHostUnknown
	if request.host != "" && h.names.isNew(request.host) {
		h.waiting = append(h.waiting, hostLine(request.host, "")...)
	}
}

// reach notes where a request was sent to whose host is not told: of an HTTP request k6 hands out its connection.
func (h *hosts) reach(address net.Addr) {
	connected, ok := address.(*net.TCPAddr)
	if !ok {
		return
	}
	key := connected.AddrPort()
	if h.seen[key] {
		return
	}
	if h.seen == nil {
		h.seen = map[netip.AddrPort]bool{}
	}
	if len(h.seen) < mostDroppedCounted {
		h.seen[key] = true
	}
	if text := netip.AddrPortFrom(key.Addr().Unmap(), key.Port()).String(); h.addresses.isNew(text) {
		h.waiting = append(h.waiting, hostLine("", text)...)
	}
}

// met are texts, as far as there is room for them.
type met struct {
	known   map[string]bool
	dropped map[uint64]bool
}

func (m *met) isNew(text string) bool {
	if m.known == nil {
		m.known, m.dropped = map[string]bool{}, map[uint64]bool{}
	}
	if m.known[text] {
		return false
	}
	if len(m.known) < mostHosts {
		m.known[text] = true
		return true
	}
	if len(m.dropped) < mostDroppedCounted {
		m.dropped[hashOf(text)] = true
	}
	return false
}

func hostLine(host, address string) []byte {
	return jsonLine(struct {
		Type    string `json:"type"`
		Host    string `json:"host,omitempty"`
		Address string `json:"address,omitempty"`
	}{"host", host, address})
}
