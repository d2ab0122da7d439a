package recorder

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// causeTexts shortens the texts of errors to what they have in common, and bounds how many there are.
type causeTexts struct {
	known   map[string]bool
	dropped int
}

const (
	mostTexts       = 200
	mostBytesOfText = 160
	// So much of a text is looked at.
	mostBytesRead = 4096
	// Stands for every text beyond those.
	anotherText = "another error"
)

// What differs from request to request, and what could hold a value of somebody's: addresses, URLs, ids, numbers.
var variable = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9+.-]*://[^\s"]+`), "<url>"},
	{regexp.MustCompile(`\[[0-9a-fA-F]*:[0-9a-fA-F:.%a-z]*\](:\d+)?`), "<address>"},
	{regexp.MustCompile(`\d{1,3}(\.\d{1,3}){3}(:\d+)?`), "<address>"},
	{regexp.MustCompile(`[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}\b`), "<address>"},
	{regexp.MustCompile(`\b(0x)?[0-9a-fA-F]{8,}(-[0-9a-fA-F]{4,})*\b`), "<id>"},
	{regexp.MustCompile(`[A-Za-z0-9_+/=-]{32,}`), "<id>"},
	{regexp.MustCompile(`\d{4,}`), "<number>"},
	{regexp.MustCompile(`[\x00-\x1f\x7f]+`), " "},
}

var (
	quoted = regexp.MustCompile(`"(\\.|[^"\\])*"?`)
	// Words that causes are told apart by (lib/core/measure/outcome.ts), which some clients quote.
	telling = regexp.MustCompile(`bad handshake|timeout|deadline|connection refused|connection reset|too many open files|` +
		`can(no|')t assign requested address|no buffer space available|cannot allocate memory|address already in use|` +
		`Only one usage of each socket address|lacked sufficient buffer space|no such host|x509|tls|EOF`)
)

func (c *causeTexts) short(text string) string {
	text = withoutMiddle(strings.ToValidUTF8(text, "\uFFFD"), mostBytesRead)
	for _, each := range variable {
		text = each.pattern.ReplaceAllString(text, each.instead)
	}
	text = quoted.ReplaceAllStringFunc(text, tellingOf)
	return c.bounded(withoutMiddle(text, mostBytesOfText))
}

// tellingOf is what remains of a quoted text.
func tellingOf(text string) string {
	words := telling.FindAllString(text, -1)
	slices.Sort(words)
	return `"` + strings.Join(append([]string{"..."}, slices.Compact(words)...), " ") + `"`
}

func (c *causeTexts) bounded(text string) string {
	if c.known[text] {
		return text
	}
	if len(c.known) >= mostTexts {
		c.dropped++
		return anotherText
	}
	if c.known == nil {
		c.known = map[string]bool{}
	}
	c.known[text] = true
	return text
}

// withoutMiddle keeps both ends of a text: what was done stands at the beginning, why it failed at the end.
func withoutMiddle(text string, most int) string {
	const gap = "..."
	if len(text) <= most {
		return text
	}
	half := (most - len(gap)) / 2
	tail := len(text) - half
	for !utf8.RuneStart(text[tail]) {
		tail++
	}
	return cutAt(text, half) + gap + text[tail:]
}

// cutAt cuts between two characters.
func cutAt(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
