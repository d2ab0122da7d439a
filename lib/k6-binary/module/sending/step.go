package sending

import (
	"net/http"
	"slices"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/lib/netext/httpext"
)

// steps are those of one user, by the ids of their endpoints.
type steps struct{ byID map[string]*step }

// step is how one user asks one endpoint: what Step of step.ts knows, read once.
type step struct {
	*instance
	inScript *sobek.Object
	// The functions of the script that are asked for what is rare.
	contentOf, headersOf, outcomeOf sobek.Callable
	// The prototype of replies.
	replies *sobek.Object

	id, endpoint, okOutcome sobek.Value
	method                  string
	// The URL up to the path, and the path taken apart: what stands before, between and after its parameters.
	server       string
	texts, names []string
	// The query that the endpoint declares, as it is sent, and as an object where it has one.
	query         string
	declaredQuery *sobek.Object
	// The content that the endpoint declares, as contentOf says it.
	declared *sobek.Object

	statuses []int
	// Whether the script sees every reply, and not only those of other statuses.
	judgesAll    bool
	timeout      time.Duration
	responseType *httpext.ResponseType
	tags         tagging
	carrying     carrying
}

// stepsOf makes the steps of a user of those that its script has: stepsOf(steps, JourneyReply.prototype).
func (i *instance) stepsOf(call sobek.FunctionCall) sobek.Value {
	made := &steps{byID: map[string]*step{}}
	eachOf(call.Argument(0).(*sobek.Object), func(each sobek.Value) bool {
		made.add(i.stepOf(each.(*sobek.Object), call.Argument(1).(*sobek.Object)))
		return true
	})
	return i.vu.Runtime().ToValue(made)
}

func (s *steps) add(step *step) { s.byID[step.id.String()] = step }

func (i *instance) stepOf(inScript, replies *sobek.Object) *step {
	object := func(of *sobek.Object, name string) *sobek.Object { return of.Get(name).(*sobek.Object) }
	runtime := i.vu.Runtime()
	endpoint, template, params := object(inScript, "endpoint"), object(inScript, "template"), object(inScript, "params")
	made := &step{
		instance: i, inScript: inScript, replies: replies,
		contentOf: methodOf(inScript, "contentOf"),
		headersOf: methodOf(inScript, "headersOf"),
		outcomeOf: methodOf(inScript, "outcomeOf"),
		id:        endpoint.Get("id"), endpoint: endpoint, okOutcome: runtime.ToValue("ok"),
		method:    endpoint.Get("method").String(),
		server:    inScript.Get("server").String(),
		query:     inScript.Get("query").String(),
		declared:  object(inScript, "declared"),
		judgesAll: inScript.Get("judgesAll").ToBoolean(),
		timeout:   time.Duration(params.Get("timeout").ToFloat() * float64(time.Millisecond)),
		tags:      taggingOf(object(params, "tags")),
	}
	made.declaredQuery, _ = endpoint.Get("query").(*sobek.Object)
	made.export(object(template, "texts"), &made.texts)
	made.export(object(template, "names"), &made.names)
	made.export(object(endpoint, "expectedStatuses"), &made.statuses)
	if named := said(params, "responseType"); named != nil {
		responseType, err := httpext.ResponseTypeString(named.String())
		if err != nil {
			panic(runtime.NewGoError(err))
		}
		made.responseType = &responseType
	}
	return made
}

// export reads a list of the script.
func (i *instance) export(list *sobek.Object, into any) {
	if err := i.vu.Runtime().ExportTo(list, into); err != nil {
		panic(i.vu.Runtime().NewGoError(err))
	}
}

func (s *step) expects(status int) bool { return slices.Contains(s.statuses, status) }

// send sends what a call says. It is nil where the script has to: nothing was sent then.
func (s *step) send(call sobek.Value, carried *sobek.Object) *sobek.Object {
	state := s.vu.State()
	if state == nil {
		return nil
	}
	url, content, own, ok := s.read(call)
	if !ok {
		return nil
	}
	parsed, err := httpext.NewURL(url, url)
	if err != nil {
		return nil
	}
	request := s.request(state, &parsed, s.carries(state, carried, content.kind, own))
	request.Body = content.buffer()
	response, err := httpext.MakeRequest(s.vu.Context(), state, request)
	if err != nil {
		panic(s.vu.Runtime().NewGoError(err))
	}
	return s.replyOf(response)
}

// request is the one that k6/http would make, with a callback of its own (parseRequest in js/modules/k6/http/request.go).
func (s *step) request(state *lib.State, url *httpext.URL, carrying carrying) *httpext.ParsedHTTPRequest {
	options := &state.Options
	request := &httpext.ParsedHTTPRequest{
		URL:              url,
		Req:              &http.Request{Method: s.method, URL: url.GetURL(), Host: carrying.host, Header: carrying.copied()},
		Timeout:          s.timeout,
		Throw:            options.Throw.Bool,
		Redirects:        options.MaxRedirects,
		ResponseCallback: s.expects,
		TagsAndMeta:      s.tags.added(state.Tags.GetCurrentValues()),
		ActiveJar:        state.CookieJar,
	}
	if s.responseType != nil {
		request.ResponseType = *s.responseType
	} else if options.DiscardResponseBodies.Bool {
		request.ResponseType = httpext.ResponseTypeNone
	}
	if carrying.jar != nil {
		request.ActiveJar = carrying.jar
	}
	if request.ActiveJar != nil {
		httpext.SetRequestCookies(request.Req, request.ActiveJar, nil)
	}
	return request
}
