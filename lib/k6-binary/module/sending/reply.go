package sending

import (
	"slices"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/lib/netext/httpext"
)

// reply is a JourneyReply of reply.ts whose members are here, and whose methods are those of its prototype. Values for
// the script are made when they are looked at.
type reply struct {
	step     *step
	response *httpext.Response
	outcome  sobek.Value
	// Made once: a text is copied, and the headers are to be one object.
	body, headers sobek.Value
}

// replyOf asks the script what became of a request wherever its status does not say all.
func (s *step) replyOf(response *httpext.Response) *sobek.Object {
	runtime := s.vu.Runtime()
	made := &reply{step: s, response: response}
	object := runtime.NewDynamicObject(made)
	if err := object.SetPrototype(s.replies); err != nil {
		panic(runtime.NewGoError(err))
	}
	if s.judgesAll || !s.expects(response.Status) {
		made.outcome = asked(s.outcomeOf, s.inScript, object)
	} else {
		made.outcome = s.okOutcome
	}
	return object
}

// isOK is whether a reply of replyOf is.
func isOK(object *sobek.Object) bool { return object.Get("ok").ToBoolean() }

// What a script sees of its own accord, as in a text of all members.
var shownMembers = []string{"outcome", "status", "headers", "body"}

// Get is a member, of JourneyReply or of the reply of k6 that outcomeOf is asked about; nil for all others.
func (r *reply) Get(name string) sobek.Value {
	runtime := r.step.vu.Runtime()
	switch name {
	case "outcome":
		return r.outcome
	case "ok":
		return runtime.ToValue(r.outcome != nil && r.outcome.SameAs(r.step.okOutcome))
	case "status":
		return runtime.ToValue(r.response.Status)
	case "body":
		if r.body == nil {
			// A body that is discarded is none.
			text, _ := r.response.Body.(string)
			r.body = runtime.ToValue(text)
		}
		return r.body
	case "headers":
		if r.headers == nil {
			r.headers = runtime.ToValue(r.response.Headers)
		}
		return r.headers
	case "endpoint":
		return r.step.endpoint
	case "error":
		return runtime.ToValue(r.response.Error)
	case "error_code":
		return runtime.ToValue(r.response.ErrorCode)
	case "timings":
		return runtime.ToValue(r.response.Timings)
	default:
		return nil
	}
}

// Has is whether it shows a member.
func (r *reply) Has(name string) bool { return slices.Contains(shownMembers, name) }

// Keys are what it shows.
func (r *reply) Keys() []string { return slices.Clone(shownMembers) }

// Set refuses: all members of a JourneyReply are readonly.
func (r *reply) Set(string, sobek.Value) bool { return false }

// Delete refuses, for the same reason.
func (r *reply) Delete(string) bool { return false }
