package sending

import (
	"time"

	"github.com/grafana/sobek"
)

// sender is the `send` of one user in one journey.
type sender struct {
	*instance
	// An object of the script: the steps that it has now, and the last of them.
	user *sobek.Object
	// The credentials of the user, as the script keeps them.
	credentials *sobek.Object
	// The functions of the script that do all of it, and that see to a reply that is not ok.
	send, orStop, settled, okOrStop sobek.Callable
}

// sendFor makes a `send`, of {user, credentials, send, orStop, settled, okOrStop}.
func (i *instance) sendFor(call sobek.FunctionCall) sobek.Value {
	of := call.Argument(0).(*sobek.Object)
	made := &sender{
		instance: i, user: of.Get("user").(*sobek.Object), credentials: of.Get("credentials").(*sobek.Object),
		send: methodOf(of, "send"), orStop: methodOf(of, "orStop"),
		settled: methodOf(of, "settled"), okOrStop: methodOf(of, "okOrStop"),
	}
	runtime := i.vu.Runtime()
	send := runtime.ToValue(made.sendAny).(*sobek.Object)
	if err := send.Set("orStop", made.sendOrStop); err != nil {
		panic(runtime.NewGoError(err))
	}
	return send
}

func (s *sender) sendAny(call sobek.FunctionCall) sobek.Value {
	if reply := s.sent(call); reply != nil {
		return reply
	}
	return asked(s.send, sobek.Undefined(), call.Arguments...)
}

func (s *sender) sendOrStop(call sobek.FunctionCall) sobek.Value {
	reply := s.sent(call)
	if reply == nil {
		return asked(s.orStop, sobek.Undefined(), call.Arguments...)
	}
	if isOK(reply) {
		return reply
	}
	return asked(s.okOrStop, sobek.Undefined(), call.Argument(0), reply)
}

// sent is the reply to a request; nil where the script has to send it.
func (s *sender) sent(call sobek.FunctionCall) *sobek.Object {
	step, carried := s.stepOf(call.Argument(0)), s.carried()
	if step == nil || carried == nil {
		return nil
	}
	if err := s.user.Set("lastStep", step.id); err != nil {
		panic(s.vu.Runtime().NewGoError(err))
	}
	reply := step.send(call.Argument(1), carried)
	if reply == nil || isOK(reply) {
		return reply
	}
	return asked(s.settled, sobek.Undefined(), call.Argument(0), call.Argument(1), reply).(*sobek.Object)
}

// stepOf is nil for an endpoint that is asked in the script, or that may not be asked.
func (s *sender) stepOf(endpoint sobek.Value) *step {
	asked, isObject := endpoint.(*sobek.Object)
	if !isObject {
		return nil
	}
	id, isText := asked.Get("id").(sobek.String)
	if !isText {
		return nil
	}
	return s.user.Get("steps").(*sobek.Object).Get("inGo").Export().(*steps).byID[id.String()]
}

// carried is what requests carry now; nil where a login is due.
func (s *sender) carried() *sobek.Object {
	carried, isThere := s.credentials.Get("carries").(*sobek.Object)
	if !isThere || float64(time.Now().UnixMilli()) >= s.credentials.Get("renewAtMs").ToFloat() {
		return nil
	}
	return carried
}
