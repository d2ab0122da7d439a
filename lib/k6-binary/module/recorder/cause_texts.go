package recorder

import (
	"regexp"
)

// causeTexts shortens the texts of errors to what they have in common, and bounds how many there are.
type causeTexts struct {
	known   map[string]bool
	dropped int
}

const (
	mostTexts       = 200
	mostBytesOfText = 160
	// Stands for every text beyond those.
	anotherText = "another error"
)

// What differs from request to request, and what could hold a value of somebody's: addresses, URLs, quoted text, numbers.
var variable = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`"[^"]*"?`), `"..."`},
	{regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9+.-]*://\S+`), "<url>"},
	{regexp.MustCompile(`\[[0-9a-fA-F:.%a-z]+\](:\d+)?`), "<address>"},
	{regexp.MustCompile(`\d{1,3}(\.\d{1,3}){3}(:\d+)?`), "<address>"},
	{regexp.MustCompile(`\b[0-9a-fA-F]{8,}(-[0-9a-fA-F]{4,})*\b`), "<id>"},
	{regexp.MustCompile(`\d{4,}`), "<number>"},
	{regexp.MustCompile(`[\x00-\x1f\x7f]+`), " "},
}

func (c *causeTexts) short(text string) string {
	for _, each := range variable {
		text = each.pattern.ReplaceAllString(text, each.instead)
	}
	if len(text) > mostBytesOfText {
		text = cutAt(text, mostBytesOfText)
	}
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

// cutAt cuts between two characters.
func cutAt(text string, most int) string {
	end := 0
	for i := range text {
		if i > most {
			break
		}
		end = i
	}
	return text[:end]
}
