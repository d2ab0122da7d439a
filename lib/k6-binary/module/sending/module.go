// Package sending sends the requests of journeys, and notes when these begin and are completed: the module "k6/x/verdict" of k6. What it does for each request is what
// the script would do, of lib/k6/journeys/step.ts, without an interpreter; whatever is rare it leaves to the script.
package sending

import (
	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/modules"
)

func init() { modules.Register("k6/x/verdict", new(module)) }

type module struct{}

// instance is the module as one user of the load has it.
type instance struct {
	vu modules.VU
	// What the runtime itself has for them, so that texts and objects come out as in the script.
	stringify, assign sobek.Callable
}

// NewModuleInstance is called by k6, once for each user.
func (*module) NewModuleInstance(vu modules.VU) modules.Instance {
	global := vu.Runtime().GlobalObject()
	return &instance{
		vu:        vu,
		stringify: methodOf(global.Get("JSON"), "stringify"),
		assign:    methodOf(global.Get("Object"), "assign"),
	}
}

// Exports is what a script imports.
func (i *instance) Exports() modules.Exports {
	return modules.Exports{Named: map[string]any{"stepsOf": i.stepsOf, "sendFor": i.sendFor, "adderTo": i.adderTo}}
}

// methodOf is a method of an object, to be called without this; none where it is not there.
func methodOf(object sobek.Value, name string) sobek.Callable {
	method, _ := sobek.AssertFunction(object.(*sobek.Object).Get(name))
	return method
}

// said is a member of an object; nil where that says nothing.
func said(object *sobek.Object, name string) sobek.Value {
	value := object.Get(name)
	if value == nil || sobek.IsUndefined(value) {
		return nil
	}
	return value
}

// asked is what a function of the script returns. What that throws goes on to whoever called us, as it is.
func asked(function sobek.Callable, this sobek.Value, arguments ...sobek.Value) sobek.Value {
	result, err := function(this, arguments...)
	if err != nil {
		panic(err)
	}
	return result
}
