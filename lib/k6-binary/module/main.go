package main

import (
	"go.k6.io/k6/v2/cmd"

	_ "k6-verdict/k6/recorder"
	_ "k6-verdict/k6/sending"
)

func main() { cmd.Execute() }
