package sending

import (
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/metrics"
)

// adderTo makes a function that adds to a metric of the script, always with the same tags: adderTo(metric, tags). With
// `add` the tags were taken apart each time.
func (i *instance) adderTo(call sobek.FunctionCall) sobek.Value {
	runtime := i.vu.Runtime()
	environment := i.vu.InitEnv()
	if environment == nil {
		panic(runtime.NewTypeError("adderTo is for the init context, where metrics are made"))
	}
	metric := environment.Registry.Get(call.Argument(0).(*sobek.Object).Get("name").String())
	if metric == nil {
		panic(runtime.NewTypeError("adderTo is for metrics that are made"))
	}
	tags := taggingOf(call.Argument(1).(*sobek.Object))
	return runtime.ToValue(func(call sobek.FunctionCall) sobek.Value {
		state := i.vu.State()
		now := tags.added(state.Tags.GetCurrentValues())
		metrics.PushIfNotDone(i.vu.Context(), state.Samples, metrics.Sample{
			TimeSeries: metrics.TimeSeries{Metric: metric, Tags: now.Tags},
			Time:       time.Now(), Metadata: now.Metadata, Value: call.Argument(0).ToFloat(),
		})
		return sobek.Undefined()
	})
}
