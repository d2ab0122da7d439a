package recorder

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// What stands for a part of a path that differs from request to request.
	placeholder = "{id}"
	// Longer parts are texts or data, and no names that anybody gave to a page.
	mostBytesOfSegment = 100
)

// foldedPath makes one path of all those that differ in their ids alone.
func foldedPath(path string) string {
	if path == "" {
		return "/"
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = foldedSegment(segment)
	}
	return strings.Join(segments, "/")
}

// foldedSegment keeps the ending of a file, and nothing of parameters such as `;jsessionid=`.
func foldedSegment(segment string) string {
	segment, _, _ = strings.Cut(segment, ";")
	segment = readable(segment)
	if dot := strings.LastIndexByte(segment, '.'); dot > 0 && isEnding(segment[dot+1:]) && isID(segment[:dot]) {
		return placeholder + segment[dot:]
	}
	if isID(segment) {
		return placeholder
	}
	return segment
}

// readable takes the escapes out of a part of a path, unless it would then look like something else.
func readable(segment string) string {
	if !strings.Contains(segment, "%") {
		return segment
	}
	plain, err := url.PathUnescape(segment)
	isOdd := func(letter rune) bool { return !unicode.IsGraphic(letter) || strings.ContainsRune("/?# ", letter) }
	if err != nil || !utf8.ValidString(plain) || strings.ContainsFunc(plain, isOdd) {
		return segment
	}
	return plain
}

// isEnding tells whether it is the ending of a file, such as `json`.
func isEnding(text string) bool {
	return 0 < len(text) && len(text) <= 5 && isLetter(text[0])
}

// isID tells whether a part of a path is one of many: a number, a date, a UUID, a hash, a ULID, a token or an address of
// mail. What a person would name a page stays: `v1`, `oauth2`, `2024-report`.
func isID(text string) bool {
	if len(text) > mostBytesOfSegment {
		return true
	}
	seen := looked(text)
	return seen.isNumber() || isUUID(text) || seen.isHash(text) || seen.isULID(text) || seen.isToken() || isMail(text)
}

// letters is what a text is made of.
type letters struct {
	all, digits, hex, crockford, upper, lower int
	// Of them, those that stand in numbers and dates, ...
	marks, dots, commas, timeLetters int
	// ... those that stand in tokens, ...
	tokenMarks int
	// ... and how often a letter follows a digit, a digit a letter, or a capital a small letter.
	changes int
}

func looked(text string) letters {
	seen := letters{all: len(text)}
	for i := range len(text) {
		letter := text[i]
		switch {
		case isDigit(letter):
			seen.digits++
		case 'a' <= letter && letter <= 'z':
			seen.lower++
		case 'A' <= letter && letter <= 'Z':
			seen.upper++
		default:
			seen.lookAtMark(letter)
		}
		seen.lookAtLetter(letter)
		if i > 0 && changes(text[i-1], letter) {
			seen.changes++
		}
	}
	return seen
}

func (l *letters) lookAtMark(letter byte) {
	switch letter {
	case '.':
		l.dots++
		l.tokenMarks++
	case ',':
		l.commas++
		l.marks++
	case '-', '_':
		l.marks++
		l.tokenMarks++
	case ':', '+', '|':
		l.marks++
	case '~', '=':
		l.tokenMarks++
	}
}

func (l *letters) lookAtLetter(letter byte) {
	if isHex(letter) {
		l.hex++
	}
	if isDigit(letter) || isLetter(letter) && !strings.ContainsRune("ILOUilou", rune(letter)) {
		l.crockford++
	}
	if letter == 'T' || letter == 'Z' {
		l.timeLetters++
	}
}

// isNumber tells numbers, lists of them, coordinates, dates and times. Two numbers around a dot are a version.
func (l letters) isNumber() bool {
	if l.digits == 0 || l.digits+l.marks+l.dots+l.timeLetters != l.all {
		return false
	}
	isTime := l.timeLetters == 0 || l.timeLetters <= 2 && l.digits >= 8
	return isTime && (l.dots == 0 || l.dots <= l.commas+1 && l.digits >= 5)
}

func (l letters) isHash(text string) bool {
	if rest, ok := strings.CutPrefix(text, "0x"); ok {
		return len(rest) >= 8 && l.hex == l.all-1
	}
	return l.all >= 16 && l.hex == l.all
}

func (l letters) isULID(text string) bool {
	return l.all == 26 && l.crockford == l.all && '0' <= text[0] && text[0] <= '7'
}

// isToken tells what no person spelled: letters and digits change more often than in words. Between small letters alone
// a dash stands for a space.
func (l letters) isToken() bool {
	isOfThem := l.digits+l.lower+l.upper+l.tokenMarks == l.all
	changes := l.changes
	if l.upper == 0 {
		changes -= l.tokenMarks
	}
	return l.all >= 20 && l.digits > 0 && isOfThem && 5*changes >= l.all
}

func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		isDash := i == 8 || i == 13 || i == 18 || i == 23
		if isDash != (text[i] == '-') || !isDash && !isHex(text[i]) {
			return false
		}
	}
	return true
}

func isMail(text string) bool {
	name, host, ok := strings.Cut(text, "@")
	return ok && name != "" && strings.Contains(host, ".")
}

func changes(before, letter byte) bool {
	isSmall := 'a' <= before && before <= 'z'
	isCapital := 'A' <= letter && letter <= 'Z'
	return isSmall && isCapital || isDigit(before) && isLetter(letter) || isLetter(before) && isDigit(letter)
}

func isDigit(letter byte) bool { return '0' <= letter && letter <= '9' }

func isLetter(letter byte) bool { return 'a' <= letter|0x20 && letter|0x20 <= 'z' }

func isHex(letter byte) bool { return isDigit(letter) || 'a' <= letter|0x20 && letter|0x20 <= 'f' }
