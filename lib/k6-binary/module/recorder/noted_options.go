package recorder

import (
	"encoding/json"
	"fmt"

	"go.k6.io/k6/v2/lib"
)

// notedOptions are the named ones as k6 consolidated them: what a script says by `vus`, `duration`, `iterations` or
// `stages` is a scenario by then. Certificates, their keys and the values of variables and tags stay out of every file.
func notedOptions(options lib.Options, names []string) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("k6's options cannot be noted: %w", err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("k6's options cannot be noted: %w", err)
	}
	// k6 leaves the local addresses out of what it writes, also where they decide where requests come from.
	if addresses, err := options.LocalIPs.MarshalText(); err == nil && options.LocalIPs.Valid {
		all["localIPs"] = jsonText(string(addresses))
	}
	noted := map[string]json.RawMessage{}
	for _, name := range names {
		value, ok := all[name]
		if !ok || string(value) == "null" {
			continue
		}
		switch name {
		case "tlsAuth":
			value = domainsOf(options.TLSAuth)
		case "scenarios":
			if value, err = withoutValues(value); err != nil {
				return nil, fmt.Errorf("k6's scenarios cannot be noted: %w", err)
			}
		}
		noted[name] = value
	}
	return noted, nil
}

// withoutValues leaves of scenarios what they send, and how: variables may be secrets, and tags change nothing.
func withoutValues(scenarios json.RawMessage) (json.RawMessage, error) {
	var all map[string]map[string]json.RawMessage
	if err := json.Unmarshal(scenarios, &all); err != nil {
		return nil, err
	}
	for _, scenario := range all {
		delete(scenario, "env")
		delete(scenario, "tags")
	}
	return json.Marshal(all)
}

func jsonText(text string) json.RawMessage {
	written, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`)
	}
	return written
}

func domainsOf(certificates []*lib.TLSAuth) json.RawMessage {
	type domains struct {
		Domains []string `json:"domains"`
	}
	all := make([]domains, 0, len(certificates))
	for _, certificate := range certificates {
		all = append(all, domains{certificate.Domains})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return json.RawMessage(`[]`)
	}
	return text
}
