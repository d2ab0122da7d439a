package recorder

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

// expectJudgedLater refuses what nobody but k6's engine could do, for a script that is run without it: the engine alone
// ends a run by a threshold, and k6 looks at the expressions only when it is to judge them.
func expectJudgedLater(options lib.Options) error {
	registry := metrics.NewRegistry()
	metrics.RegisterBuiltinMetrics(registry)
	var ending []string
	for _, name := range slices.Sorted(maps.Keys(options.Thresholds)) {
		own := options.Thresholds[name]
		err := own.Parse()
		// The metrics of the script are known to nobody here.
		if base, _, _ := strings.Cut(name, "{"); err == nil && registry.Get(base) != nil {
			err = own.Validate(name, registry)
		}
		if err != nil {
			return errext.WithExitCodeIfNone(err, exitcodes.InvalidConfig)
		}
		for _, each := range own.Thresholds {
			if each.AbortOnFail {
				ending = append(ending, name+": "+each.Source)
			}
		}
	}
	if len(ending) == 0 {
		return nil
	}
	err := fmt.Errorf("thresholds with abortOnFail need k6's engine: %s", strings.Join(ending, "; "))
	return errext.WithExitCodeIfNone(err, exitcodes.InvalidConfig)
}
