package sending

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/grafana/sobek"
)

// lib/e2e/both-ways holds whole calls against the script; here every character is.
func TestTextsAreEncodedAsTheRuntimeDoes(t *testing.T) {
	runtime := sobek.New()
	encode, _ := sobek.AssertFunction(runtime.Get("encodeURIComponent"))
	expect := func(text string) {
		expected, err := encode(sobek.Undefined(), runtime.ToValue(text))
		if err != nil {
			t.Fatal(err)
		}
		var encoded strings.Builder
		appendEncoded(&encoded, text)
		if encoded.String() != expected.String() {
			t.Fatalf("%q is %s, and not %s", text, expected, encoded.String())
		}
	}
	for char := range rune(0x250) {
		expect(string(char))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		expect(string([]rune{random.Int32N(0xd800), 0xe000 + random.Int32N(0x1000), 0x10000 + random.Int32N(0x100000)}))
	}
}

func TestQueryIsLeftToTheScriptWhereItsValuesAreObjects(t *testing.T) {
	runtime := sobek.New()
	for source, expected := range map[string]string{
		`({})`:                                 "",
		`({ a: undefined, b: [] })`:            "",
		`({ a: [1, 'x y'], 'ü': null })`:       "?a=1&a=x%20y&%C3%BC=null",
		`({ z: 1, 5: true, 'a&b': '\ud800' })`: "?5=true&z=1&a%26b=%EF%BF%BD",
		`({ a: new Date(0) })`:                 "script",
		`({ a: [{}] })`:                        "script",
		`({ '\udc00': 1 })`:                    "script",
	} {
		query, err := runtime.RunString(source)
		if err != nil {
			t.Fatal(err)
		}
		var written strings.Builder
		found := "script"
		if appendQuery(&written, query.(*sobek.Object)) {
			found = written.String()
		}
		if found != expected {
			t.Errorf("%s is %q, and not %q", source, found, expected)
		}
	}
}
