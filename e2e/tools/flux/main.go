// Flux's own code for what it does with files: source-controller's filter of a repository and its client that pulls an artifact, and
// kustomize-controller's build of a directory with the substitution of variables after it.
//
//	flux pull URL DIRECTORY    unpacks the artifact and prints its metadata
//	flux build DIRECTORY ...   prints one line of JSON for each: {"objects": [...]} or {"error": "..."}
//	flux keep DIRECTORY        reads the filter of a GitRepository, and prints the files that its artifact holds
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/oci"
	"github.com/fluxcd/pkg/sourceignore"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: flux pull URL DIRECTORY | flux build DIRECTORY ... | flux keep DIRECTORY"))
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
	case "keep":
		files, err := kept(os.Args[2], os.Stdin)
		if err != nil {
			fail(err)
		}
		out.Encode(files)
	default:
		fail(fmt.Errorf("unknown command %q", os.Args[1]))
	}
}

// As source-controller fills an artifact: the filter comes after what ignore files in the repository and Flux itself leave out, in the
// terms of paths from the root of the repository.
func kept(directory string, filter io.Reader) ([]string, error) {
	domain := strings.Split(filepath.Clean(directory), string(filepath.Separator))
	patterns, err := sourceignore.LoadIgnorePatterns(directory, domain)
	if err != nil {
		return nil, err
	}
	patterns = append(patterns, sourceignore.ReadPatterns(filter, domain)...)
	matcher := sourceignore.NewDefaultMatcher(patterns, domain)
	files := []string{}
	err = filepath.WalkDir(directory, func(path string, entry os.DirEntry, err error) error {
		// What a filtered directory holds is asked for all the same.
		if err != nil || !entry.Type().IsRegular() || matcher.Match(strings.Split(path, string(filepath.Separator)), false) {
			return err
		}
		file, err := filepath.Rel(directory, path)
		files = append(files, file)
		return err
	})
	return files, err
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
