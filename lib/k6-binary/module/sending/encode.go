package sending

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/grafana/sobek"
)

// appendPath fills a template as PathTemplate does in path-parameters.ts. It is false for what only that can say: values
// that are missing, or no segment of a path.
func appendPath(to *strings.Builder, texts, names []string, values *sobek.Object) bool {
	to.WriteString(texts[0])
	for i, name := range names {
		if value := values.Get(name); value == nil || !appendSegment(to, value) {
			return false
		}
		to.WriteString(texts[i+1])
	}
	return true
}

func appendSegment(to *strings.Builder, value sobek.Value) bool {
	switch kindOf(value) {
	case reflect.String:
		text := value.String()
		appendEncoded(to, text)
		return text != "" && text != "." && text != ".."
	case reflect.Float64:
		number := value.ToFloat()
		to.WriteString(value.String())
		return !math.IsNaN(number) && !math.IsInf(number, 0)
	case reflect.Int64, reflect.Bool:
		to.WriteString(value.String())
		return true
	default:
		return false
	}
}

// appendQuery writes `?a=1&a=2` as queryString does in query.ts. It is false for values of a kind that only that can write.
func appendQuery(to *strings.Builder, query *sobek.Object) bool {
	before := byte('?')
	pair := func(name string, value sobek.Value) bool {
		if !isPrimitive(value) {
			return false
		}
		to.WriteByte(before)
		before = '&'
		appendEncoded(to, name)
		to.WriteByte('=')
		appendEncoded(to, value.String())
		return true
	}
	for _, name := range query.Keys() {
		if strings.ContainsRune(name, utf8.RuneError) {
			// Of a name with half of a pair of UTF-16, Go has only this: there is nothing by that name.
			return false
		}
		value := query.Get(name)
		if value == nil || sobek.IsUndefined(value) {
			continue
		}
		if list, ok := value.(*sobek.Object); ok && list.ClassName() == "Array" {
			if !eachOf(list, func(value sobek.Value) bool { return pair(name, value) }) {
				return false
			}
		} else if !pair(name, value) {
			return false
		}
	}
	return true
}

// eachOf ends with the first element for which do is false, and is false then.
func eachOf(list *sobek.Object, do func(sobek.Value) bool) bool {
	length := int(list.Get("length").ToInteger())
	for i := range length {
		value := list.Get(strconv.Itoa(i))
		if value == nil {
			value = sobek.Undefined()
		}
		if !do(value) {
			return false
		}
	}
	return true
}

// isPrimitive is whether String(value) asks no code of the script.
func isPrimitive(value sobek.Value) bool {
	switch value.(type) {
	case *sobek.Object, *sobek.Symbol:
		return false
	default:
		return true
	}
}

// kindOf is what typeof tells, as far as it matters here; reflect.Invalid for all else.
func kindOf(value sobek.Value) reflect.Kind {
	if _, isObject := value.(*sobek.Object); isObject || value.ExportType() == nil {
		return reflect.Invalid
	}
	return value.ExportType().Kind()
}

const hexDigits = "0123456789ABCDEF"

// appendEncoded writes a text as encodeURIComponent does. Half of a pair of UTF-16, which that throws at, is the
// replacement character by now: Go has no other text for it.
func appendEncoded(to *strings.Builder, text string) {
	for i := range len(text) {
		char := text[i]
		if isUnreserved(char) {
			to.WriteByte(char)
			continue
		}
		to.WriteByte('%')
		to.WriteByte(hexDigits[char>>4])
		to.WriteByte(hexDigits[char&0xf])
	}
}

// isUnreserved is what ECMA-262 §19.2.6.5 leaves as it is.
func isUnreserved(char byte) bool {
	switch {
	case 'a' <= char && char <= 'z', 'A' <= char && char <= 'Z', '0' <= char && char <= '9':
		return true
	default:
		return strings.IndexByte("-_.!~*'()", char) >= 0
	}
}
