package sending

import (
	"maps"
	"net/http"
	"net/http/cookiejar"
	"strings"

	"github.com/grafana/sobek"
	k6http "go.k6.io/k6/v2/js/modules/k6/http"
	"go.k6.io/k6/v2/lib"
)

// carrying is what requests carry of the one who sends them, and of the kind of their content.
type carrying struct {
	of     *sobek.Object
	kind   string
	header http.Header
	host   string
	// A jar of the user's own; without one k6 has one for each iteration.
	jar *cookiejar.Jar
}

// carries asks the script only where it is not as with the request before. Own headers are those of one call.
func (s *step) carries(state *lib.State, carried *sobek.Object, kind string, own sobek.Value) carrying {
	if own == nil && carried == s.carrying.of && kind == s.carrying.kind {
		return s.carrying
	}
	made := carrying{of: carried, kind: kind, header: http.Header{}}
	made.header.Set("User-Agent", state.Options.UserAgent.String)
	headers := asked(s.headersOf, s.inScript, orUndefined(s.typeOf(kind)), carried, orUndefined(own)).(*sobek.Object)
	for _, name := range headers.Keys() {
		value := headers.Get(name).String()
		if strings.EqualFold(name, "host") {
			made.host = value
		}
		made.header.Set(name, value)
	}
	if jar := said(carried, "jar"); jar != nil {
		if own, ok := jar.Export().(*k6http.CookieJar); ok {
			made.jar = own.Jar
		}
	}
	if own == nil {
		s.carrying = made
	}
	return made
}

func (s *step) typeOf(kind string) sobek.Value {
	if kind == "" {
		return nil
	}
	return s.vu.Runtime().ToValue(kind)
}

// copied is for one request: cookies are set in it.
func (c carrying) copied() http.Header {
	header := make(http.Header, len(c.header)+1)
	maps.Copy(header, c.header)
	return header
}

func orUndefined(value sobek.Value) sobek.Value {
	if value == nil {
		return sobek.Undefined()
	}
	return value
}
