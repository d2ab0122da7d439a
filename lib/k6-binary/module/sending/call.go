package sending

import (
	"bytes"
	"strings"

	"github.com/grafana/sobek"
)

const jsonType = "application/json"

// content is what a request sends.
type content struct {
	data []byte
	// Whether there is any: of no bytes, it may be.
	isSent bool
	// Its content type; empty where the author says it.
	kind string
}

func (c content) buffer() *bytes.Buffer {
	if !c.isSent {
		return nil
	}
	return bytes.NewBuffer(c.data)
}

// read takes a call apart: where its request goes, what that sends, and the headers that it has of its own. It is false
// for what only the script can say.
func (s *step) read(given sobek.Value) (url string, sent content, own sobek.Value, ok bool) {
	if given == nil || sobek.IsUndefined(given) {
		sent, ok = s.contentFrom(s.declared)
		return s.server + s.texts[0] + s.query, sent, nil, ok && len(s.names) == 0
	}
	call, ok := given.(*sobek.Object)
	if !ok {
		return
	}
	if url, ok = s.urlOf(call); !ok {
		return
	}
	sent, ok = s.sentBy(call)
	return url, sent, said(call, "headers"), ok
}

func (s *step) urlOf(call *sobek.Object) (string, bool) {
	var url strings.Builder
	url.WriteString(s.server)
	values, isObject := call.Get("path").(*sobek.Object)
	if !isObject && len(s.names) > 0 || !appendPath(&url, s.texts, s.names, values) {
		return "", false
	}
	query := said(call, "query")
	if query == nil {
		url.WriteString(s.query)
		return url.String(), true
	}
	added, isObject := query.(*sobek.Object)
	if !isObject {
		return "", false
	}
	if s.declaredQuery != nil {
		// As { ...declared, ...added } is: values of the one in the order of the other.
		added = asked(s.assign, sobek.Undefined(), s.vu.Runtime().NewObject(), s.declaredQuery, added).(*sobek.Object)
	}
	ok := appendQuery(&url, added)
	return url.String(), ok
}

// sentBy is JSON as the runtime writes it; the script is asked for all else.
func (s *step) sentBy(call *sobek.Object) (content, bool) {
	if json := said(call, "json"); json != nil {
		text, isText := asked(s.stringify, sobek.Undefined(), json).(sobek.String)
		if !isText {
			return content{}, false
		}
		return content{data: []byte(text.String()), isSent: true, kind: jsonType}, true
	}
	if said(call, "form") == nil && said(call, "body") == nil && said(call, "variables") == nil {
		return s.contentFrom(s.declared)
	}
	return s.contentFrom(asked(s.contentOf, s.inScript, call).(*sobek.Object))
}

// contentFrom is what the script says is sent. It is false for the parts of a form, which k6/http puts together.
func (s *step) contentFrom(inScript *sobek.Object) (content, bool) {
	sent := content{isSent: true}
	if kind := said(inScript, "type"); kind != nil {
		sent.kind = kind.String()
	}
	switch body := inScript.Get("body").(type) {
	case nil:
		sent.isSent = false
	case sobek.String:
		sent.data = []byte(body.String())
	default:
		exported := body.Export()
		buffer, isBuffer := exported.(sobek.ArrayBuffer)
		if exported != nil && !isBuffer {
			return content{}, false
		}
		sent.isSent = isBuffer
		if isBuffer {
			sent.data = buffer.Bytes()
		}
	}
	return sent, true
}
