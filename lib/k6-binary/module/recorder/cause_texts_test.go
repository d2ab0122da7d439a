package recorder

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextsKeepNothingThatDiffers(t *testing.T) {
	for text, want := range map[string]string{
		`Get "https://u:secret@example.com/a?token=1": EOF`:                        `Get "...": EOF`,
		`Get https://example.com/a?token=1 failed`:                                 `Get <url> failed`,
		`dial tcp 10.1.2.3:8080: connect: network is unreachable`:                  `dial tcp <address>: connect: network is unreachable`,
		`dial tcp [2001:db8::1%eth0]:443: connect: network is unreachable`:         `dial tcp <address>: connect: network is unreachable`,
		`read tcp 127.0.0.1:51234->127.0.0.1:80: use of closed network connection`: `read tcp <address>-><address>: use of closed network connection`,
		`IP (fe80::1ff:fe23:4567:890a) is blacklisted`:                             `IP (<address>) is blacklisted`,
		`no user 3f2504e0-4f89-11d3-9a0c-0305e82c3301 here`:                        `no user <id> here`,
		`no object 0xdeadbeefcafe here`:                                            `no object <id> here`,
		`bad token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.x`:                         `bad token <id>.x`,
		`order 12345 is 3 days old`:                                                `order <number> is 3 days old`,
		"malformed HTTP response \"a\\\"b secret\\\" c\" at once":                  `malformed HTTP response "..." at once`,
		"two\r\n\tlines":        "two lines",
		`never "closed secret`:  `never "..."`,
		`unexpected [tls] part`: `unexpected [tls] part`,
	} {
		var texts causeTexts
		expect(t, "the text", texts.short(text), want)
	}
}

// What k6 2.2.0 says (lib/netext/httpext/error_codes.go), and what it passes on of Go, of the system and of its WebSockets.
var realTexts = []string{
	"EOF", "unexpected EOF", "http: server closed idle connection",
	"read: connection reset by peer", "write: broken pipe",
	"dial: i/o timeout", "dial: connection refused", "request timeout", "lookup: no such host",
	"ip is blacklisted", "hostname is blocked", "invalid URL", "error decompressing response body",
	"x509: certificate doesn't match hostname", "x509: unknown authority",
	"tls: first record does not look like a TLS handshake", "remote error: tls: handshake failure",
	"http2: received GoAway with http2 ErrCode INTERNAL_ERROR",
	"http2: stream error with http2 ErrCode ENHANCE_YOUR_CALM",
	"http2: connection error with http2 ErrCode HTTP_1_1_REQUIRED",
	"dial: unknown errno `24` error with msg `too many open files`",
	"dial: unknown errno `99` error with msg `cannot assign requested address`",
	"write: unknown errno `105` on linux with message `no buffer space available`",
	"websocket: bad handshake", "context deadline exceeded",
}

func TestRealTextsStayAsTheyAre(t *testing.T) {
	var texts causeTexts
	for _, text := range realTexts {
		expect(t, "the text", texts.short(text), text)
	}
}

func TestRealTextsKeepTheirCause(t *testing.T) {
	for text, cause := range map[string]string{
		`dial tcp 127.0.0.1:1: connect: connection refused`:                                                                                                         "connection refused",
		`dial tcp: lookup nowhere.invalid on 127.0.0.11:53: no such host`:                                                                                           "no such host",
		`dial tcp: lookup x.example on [::1]:53: dial udp [::1]:53: socket: too many open files`:                                                                    "too many open files",
		`read tcp 127.0.0.1:50000->127.0.0.1:80: read: connection reset by peer`:                                                                                    "connection reset",
		`Get "https://127.0.0.1:8443/": tls: failed to verify certificate: x509: certificate has expired`:                                                           "x509",
		`rpc error: code = Unavailable desc = "transport: Error while dialing: dial tcp 127.0.0.1:1: connect: connection refused"`:                                  "connection refused",
		`dial tcp 10.0.0.1:80: connect: can't assign requested address`:                                                                                             "can't assign requested address",
		"Get \"http://127.0.0.1/\": dial tcp 127.0.0.1:80: connectex: Only one usage of each socket address (protocol/network address/port) is normally permitted.": "Only one usage of each socket address",
		strings.Repeat("a long way to ", 50) + "the end: EOF":                                                                                                       " EOF",
		strings.Repeat("a long way to ", 50_000) + "the end: EOF":                                                                                                   " EOF",
		`failed: "http://127.0.0.1/": unexpected EOF`:                                                                                                               "unexpected EOF",
	} {
		var texts causeTexts
		got := texts.short(text)
		if !strings.Contains(got, cause) || strings.HasSuffix(text, "EOF") && !strings.HasSuffix(got, "EOF") {
			t.Errorf("%.200q became %q: %q is lost", text, got, cause)
		}
	}
}

// The words stand in lib/core/measure/outcome.ts: one that is added there must not be lost here.
func TestWordsOfOutcomesSurvive(t *testing.T) {
	source, err := os.ReadFile("../../../core/measure/outcome.ts")
	must(t, err)
	lists := regexp.MustCompile(`words: \[([^\]]*)\]`).FindAllSubmatch(source, -1)
	words := 0
	for _, list := range lists {
		for _, match := range regexp.MustCompile(`'([^']*)'|"([^"]*)"`).FindAllSubmatch(list[1], -1) {
			word := string(match[1]) + string(match[2])
			words++
			for _, text := range []string{
				word, `Get "http://127.0.0.1:8080/a": ` + word, "a `" + word + "` of 127.0.0.1:9",
				`desc = "dial tcp 127.0.0.1:1: ` + word + `"`, strings.Repeat("long ", 200) + word,
			} {
				var texts causeTexts
				if got := texts.short(text); !strings.Contains(got, word) {
					t.Errorf("%q became %q", text, got)
				}
			}
		}
	}
	if words < 15 {
		t.Fatalf("only %d words were found", words)
	}
}

func TestTextsAreBounded(t *testing.T) {
	var texts causeTexts
	for i := range 1000 {
		text := texts.short(fmt.Sprintf("cause %c%c", 'a'+i%26, 'a'+i/26))
		if i >= mostTexts {
			expect(t, "a further text", text, anotherText)
		}
	}
	expect(t, "known", len(texts.known), mostTexts)
	expect(t, "dropped", texts.dropped, 800)
	expect(t, "a known one", texts.short("cause ba"), "cause ba")
}

func TestLongTextsAreCutBetweenCharacters(t *testing.T) {
	for _, part := range []string{"ä", "€", "😀", "aä€😀", "\xff"} {
		for length := range 9 {
			var texts causeTexts
			got := texts.short(strings.Repeat("a ", length) + strings.Repeat(part+" ", 3000))
			if !utf8.ValidString(got) || len(got) > mostBytesOfText || len(got) < mostBytesOfText-10 {
				t.Errorf("%d bytes: %q", len(got), got)
			}
			if cut := cutAt(strings.Repeat(part, 300), 160+length); part != "\xff" && !utf8.ValidString(cut) {
				t.Errorf("cut in a character: %q", cut)
			}
		}
	}
}
