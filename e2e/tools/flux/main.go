// Flux's own code for what it does with files: source-controller's client that pulls an artifact, and kustomize-controller's
// build of a directory with the substitution of variables after it.
//
//	flux pull URL DIRECTORY    unpacks the artifact and prints its metadata
//	flux build DIRECTORY ...   prints one line of JSON for each: {"objects": [...]} or {"error": "..."}
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/oci"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: flux pull URL DIRECTORY | flux build DIRECTORY ..."))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	switch os.Args[1] {
	case "pull":
		metadata, err := oci.NewClient(oci.DefaultOptions()).Pull(context.Background(), os.Args[2], os.Args[3])
		if err != nil {
			fail(err)
		}
		out.Encode(metadata)
	case "build":
		for _, directory := range os.Args[2:] {
			objects, err := build(directory)
			if err != nil {
				out.Encode(map[string]string{"error": err.Error()})
			} else {
				out.Encode(map[string][]json.RawMessage{"objects": objects})
			}
		}
	default:
		fail(fmt.Errorf("unknown command %q", os.Args[1]))
	}
}

// As kustomize-controller does, up to the objects that it applies: with a kustomization of its own where there is none, and strict, as it is unless a user opts out.
func build(directory string) ([]json.RawMessage, error) {
	// One variable, or nothing is substituted.
	config := unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind":       "Kustomization",
		"metadata":   map[string]any{"name": "agents", "namespace": "flux-system"},
		"spec": map[string]any{
			"postBuild": map[string]any{"substitute": map[string]any{"cluster_name": "production"}},
		},
	}}
	if _, err := kustomize.NewGenerator(directory, config).WriteFile(directory); err != nil {
		return nil, err
	}
	built, err := kustomize.SecureBuild(directory, directory, false)
	if err != nil {
		return nil, err
	}
	for _, resource := range built.Resources() {
		substituted, err := kustomize.SubstituteVariables(context.Background(), nil, config, resource,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(true))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", resource.CurId(), err)
		}
		if substituted != nil {
			if _, err := built.Replace(substituted); err != nil {
				return nil, err
			}
		}
	}
	text, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	objects := []json.RawMessage{}
	for documents := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 2048); ; {
		var object unstructured.Unstructured
		if err := documents.Decode(&object); err == io.EOF {
			return objects, nil
		} else if err != nil {
			return nil, err
		}
		line, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, line)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
